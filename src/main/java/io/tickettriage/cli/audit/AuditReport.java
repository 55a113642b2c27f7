package io.tickettriage.cli.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.message.LabelledExample.Provenance;
import io.tickettriage.message.ScoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one ticket, each list in time order. What other people wrote is printed fit for a terminal.
 *
 * @param ticket the ticket's own fields, as last scored; null where it was not
 * @param text the ticket's text, for people; left out of the JSON, where {@code ticket} has it
 * @param predictions one each time the ticket was scored
 * @param queued the records in queues, {@code review} among them
 * @param rejected raw records under the ticket's id that were no tickets
 * @param submissions corrections that were submitted, valid or not
 * @param takenBack whether there was an example and all its labels were taken back
 * @param example the example as it is now; null if there is none
 */
record AuditReport(
        String id,
        @Nullable JsonNode ticket,
        @JsonIgnore String text,
        List<Prediction> predictions,
        List<Queued> queued,
        List<Rejected> rejected,
        List<Submission> submissions,
        boolean takenBack,
        @Nullable LabelledExample example)
        implements Report {

    private static final int TEXT_CHARACTERS = 300;
    private static final int NAME_CHARACTERS = 100;

    /** One scoring of the ticket; {@code record} is where it stands: topic-partition@offset. */
    record Prediction(
            Instant at,
            String record,
            String modelVersion,
            @JsonUnwrapped ScoredRecord.Route routing,
            Map<String, ScoredRecord.Answer> prediction) {}

    /** A record in a queue. */
    record Queued(Instant at, String record) {}

    /** A dead letter; the reason is followed by its detail. */
    record Rejected(Instant at, String record, String reason) {}

    /**
     * A submission and what the application makes of it under today's taxonomy.
     *
     * @param meaning what a valid one says, for people; empty for a rejected one
     * @param submission the value as it was sent
     */
    record Submission(
            Instant at,
            String record,
            Status status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String detail,

            @JsonIgnore Optional<String> meaning,
            JsonNode submission) {}

    /** Whether a submission can be applied. */
    enum Status {
        VALID,
        REJECTED;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void print(Page page) {
        page.line("Ticket " + name(id));
        if (ticket != null) {
            page.line("  " + text(text));
        }
        printPredictions(page);
        if (!rejected.isEmpty()) {
            heading(page, "Rejected", rejected.size());
            for (Rejected entry : rejected) {
                entry(page, entry.at(), entry.record());
                page.line("    " + text(entry.reason()));
            }
        }
        printSubmissions(page);
        page.line();
        printExample(page);
    }

    private void printPredictions(Page page) {
        heading(page, "Predictions", predictions.size());
        for (Prediction scored : predictions) {
            entry(page, scored.at(), scored.record());
            ScoredRecord.Route routing = scored.routing();
            page.line("    model " + scored.modelVersion() + ", queue " + routing.queue()
                    + (routing.rule() == null ? "" : ", by rule " + name(routing.rule())));
            page.line("    "
                    + text(scored.prediction().entrySet().stream()
                            .map(head -> String.format(
                                    Locale.ROOT,
                                    "%s=%s (%.2f)",
                                    head.getKey(),
                                    head.getValue().label(),
                                    head.getValue().confidence()))
                            .collect(Collectors.joining("  "))));
            routing.reasons().forEach(reason -> page.line("    for review: " + describe(reason)));
        }
        queued.forEach(entry -> page.line("  queued    " + entry.at() + "  " + entry.record()));
    }

    private static String describe(ScoredRecord.Reason reason) {
        if (reason.threshold() == null) {
            return reason.reason();
        }
        return String.format(
                Locale.ROOT,
                "%s, %s%.2f below %.2f",
                reason.reason(),
                reason.head() == null ? "" : reason.head() + " ",
                reason.value(),
                reason.threshold());
    }

    private void printSubmissions(Page page) {
        heading(page, "Submissions", submissions.size());
        for (Submission submission : submissions) {
            entry(page, submission.at(), submission.record());
            String by = submission.submission().path("submitted_by").asText("");
            if (submission.meaning().isPresent()) {
                page.line("    valid: " + submission.meaning().get());
            } else {
                page.line("    rejected: " + submission.reason() + ", " + text(String.valueOf(submission.detail()))
                        + (by.isEmpty() ? "" : ", by " + name(by)));
            }
            String note = submission.submission().path("note").asText("");
            if (!note.isEmpty()) {
                page.line("    note: " + text(note));
            }
        }
    }

    private void printExample(Page page) {
        if (example != null) {
            page.line("Example");
            for (Map.Entry<String, Provenance> head : example.corrected().entrySet()) {
                String predicted = example.predicted().getOrDefault(head.getKey(), "");
                page.line("    " + head.getKey() + "=" + example.labels().getOrDefault(head.getKey(), "")
                        + (predicted.isEmpty() ? "" : ", predicted " + predicted)
                        + ", by " + name(head.getValue().by())
                        + ", at " + name(head.getValue().at()));
            }
        } else if (takenBack) {
            page.line("No example: its labels were taken back.");
        } else if (submissions.stream().anyMatch(s -> s.status() == Status.VALID)) {
            page.line("No example yet: a correction waits for its ticket, or for the corrections role to run.");
        } else {
            page.line("No example.");
        }
    }

    private static void heading(Page page, String title, int count) {
        page.line();
        page.line(count == 0 ? title + ": none" : title);
    }

    private static void entry(Page page, Instant at, String record) {
        page.line("  " + at + "  " + record);
    }

    static String name(String untrusted) {
        return TerminalText.of(untrusted, NAME_CHARACTERS);
    }

    private static String text(String untrusted) {
        return TerminalText.of(untrusted, TEXT_CHARACTERS);
    }
}
