package io.tickettriage.corrections;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickettriage.message.CorrectionSubmission;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people have said about one ticket: per head the latest label, and when all was last taken back. The latest
 * {@code submitted_at} wins for each head; of equal ones the one that arrives later. A retraction is kept with its
 * time, so that a label submitted before it and arriving after it stays taken back. {@code text} is that of a row that
 * needs no ticket.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CorrectionState(Map<String, Label> labels, Optional<Instant> retractedAt, Optional<String> text) {
    static final CorrectionState EMPTY = new CorrectionState(Map.of(), Optional.empty(), Optional.empty());

    record Label(String label, String by, Instant at) {}

    CorrectionState {
        labels = new TreeMap<>(labels);
    }

    CorrectionState apply(CorrectionSubmission submission) {
        Optional<String> latestText = submission.text().or(() -> text);
        return submission
                .labels()
                .map(given -> new CorrectionState(merged(given, submission), retractedAt, latestText))
                .orElseGet(() -> retracted(submission.at(), latestText));
    }

    private Map<String, Label> merged(Map<String, String> given, CorrectionSubmission submission) {
        Map<String, Label> merged = new TreeMap<>(labels);
        given.forEach((head, label) -> {
            Label known = merged.get(head);
            boolean takenBack = retractedAt.isPresent() && submission.at().isBefore(retractedAt.get());
            boolean older = known != null && submission.at().isBefore(known.at());
            if (!takenBack && !older) {
                merged.put(head, new Label(label, submission.by(), submission.at()));
            }
        });
        return merged;
    }

    private CorrectionState retracted(Instant at, Optional<String> latestText) {
        Map<String, Label> left = new TreeMap<>(labels);
        left.values().removeIf(label -> !label.at().isAfter(at));
        Instant latest = retractedAt.filter(at::isBefore).orElse(at);
        return new CorrectionState(left, Optional.of(latest), latestText);
    }
}
