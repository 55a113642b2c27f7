package io.tickettriage.cli.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.message.ScoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one ticket, each list in time order. What other people wrote is printed fit for a terminal.
 *
 * @param ticket the ticket's own fields, as last scored; null where it was not
 * @param text the ticket's text, for people
 * @param rejected raw records under the ticket's id that were no tickets
 * @param takenBack whether there was an example and all its labels were taken back
 * @param example the example as it is now; null if there is none
 */
record AuditReport(
        String id,
        @Nullable JsonNode ticket,
        @JsonIgnore String text,
        List<Prediction> predictions,
        List<Place> queued,
        List<Rejected> rejected,
        List<Submission> submissions,
        boolean takenBack,
        @Nullable LabelledExample example)
        implements Report {

    private static final int TEXT_CHARACTERS = 300;
    private static final int NAME_CHARACTERS = 100;

    /** When a record was written, and where it stands: topic-partition@offset. */
    record Place(Instant at, String record) {
        static Place of(ConsumerRecord<?, ?> record) {
            String position = SourcePosition.of(record).toString();
            return new Place(Instant.ofEpochMilli(record.timestamp()), position);
        }
    }

    /** One scoring of the ticket. */
    record Prediction(
            @JsonUnwrapped Place place,
            String modelVersion,
            @JsonUnwrapped ScoredRecord.Route routing,
            Map<String, ScoredRecord.Answer> prediction) {
        static Prediction of(Place place, ScoredRecord scored) {
            return new Prediction(place, scored.model().version(), scored.routing(), scored.prediction());
        }
    }

    /** A dead letter; the reason is followed by its detail. */
    record Rejected(@JsonUnwrapped Place place, String reason) {}

    /**
     * A submission as it was sent, and what the application makes of it under today's taxonomy.
     *
     * @param status valid or rejected; a rejected one has a reason and a detail
     * @param meaning what a valid one says, for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Submission(
            @JsonUnwrapped Place place,
            String status,
            @Nullable String reason,
            @Nullable String detail,
            @JsonIgnore String meaning,
            JsonNode submission) {}

    @Override
    public void print(Page page) {
        page.line("Ticket " + name(id));
        if (ticket != null) {
            page.line("  " + text(text));
        }
        heading(page, "Predictions", predictions);
        for (Prediction scored : predictions) {
            ScoredRecord.Route routing = scored.routing();
            entry(page, scored.place());
            page.line("    model " + scored.modelVersion() + ", queue " + routing.queue()
                    + (routing.rule() == null ? "" : ", by rule " + name(routing.rule())));
            page.line("    " + text(labels(scored.prediction())));
            routing.reasons().forEach(reason -> page.line("    for review: " + describe(reason)));
        }
        queued.forEach(place -> page.line("  queued    " + place.at() + "  " + place.record()));
        if (!rejected.isEmpty()) {
            heading(page, "Rejected", rejected);
        }
        for (Rejected entry : rejected) {
            entry(page, entry.place());
            page.line("    " + text(entry.reason()));
        }
        heading(page, "Submissions", submissions);
        submissions.forEach(submission -> print(submission, page));
        page.line();
        printExample(page);
    }

    private static String labels(Map<String, ScoredRecord.Answer> prediction) {
        return prediction.entrySet().stream()
                .map(head -> head.getKey() + "=" + head.getValue().label()
                        + String.format(Locale.ROOT, " (%.2f)", head.getValue().confidence()))
                .collect(Collectors.joining("  "));
    }

    private static String describe(ScoredRecord.Reason reason) {
        if (reason.threshold() == null) {
            return reason.reason();
        }
        String head = reason.head() == null ? "" : reason.head() + " ";
        return reason.reason() + ", " + head
                + String.format(Locale.ROOT, "%.2f below %.2f", reason.value(), reason.threshold());
    }

    private static void print(Submission submission, Page page) {
        entry(page, submission.place());
        String by = submission.submission().path("submitted_by").asText("");
        page.line(
                submission.reason() == null
                        ? "    valid: " + submission.meaning()
                        : "    rejected: " + submission.reason() + ", " + text(String.valueOf(submission.detail()))
                                + (by.isEmpty() ? "" : ", by " + name(by)));
        String note = submission.submission().path("note").asText("");
        if (!note.isEmpty()) {
            page.line("    note: " + text(note));
        }
    }

    private void printExample(Page page) {
        if (example != null) {
            page.line("Example");
            example.corrected().forEach((head, given) -> {
                String predicted = example.predicted().getOrDefault(head, "");
                page.line("    " + head + "=" + example.labels().getOrDefault(head, "")
                        + (predicted.isEmpty() ? "" : ", predicted " + predicted)
                        + ", by " + name(given.by()) + ", at " + name(given.at()));
            });
        } else if (takenBack) {
            page.line("No example: its labels were taken back.");
        } else if (submissions.stream().anyMatch(submission -> submission.reason() == null)) {
            page.line("No example yet: a correction waits for its ticket, or for the corrections role to run.");
        } else {
            page.line("No example.");
        }
    }

    private static void heading(Page page, String title, List<?> entries) {
        page.line();
        page.line(entries.isEmpty() ? title + ": none" : title);
    }

    private static void entry(Page page, Place place) {
        page.line("  " + place.at() + "  " + place.record());
    }

    static String name(String untrusted) {
        return TerminalText.of(untrusted, NAME_CHARACTERS);
    }

    private static String text(String untrusted) {
        return TerminalText.of(untrusted, TEXT_CHARACTERS);
    }
}
