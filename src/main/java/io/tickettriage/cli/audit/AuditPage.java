package io.tickettriage.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An audit trail for a person to read. Everything other people wrote is made fit for a terminal. */
final class AuditPage {
    private static final int TEXT = 300;
    private static final int NAME = 100;

    private final PrintWriter out;
    private final AuditTrail trail;

    AuditPage(PrintWriter out, AuditTrail trail) {
        this.out = out;
        this.trail = trail;
    }

    void print() {
        out.println("Ticket " + TerminalText.of(trail.id(), NAME));
        if (!trail.scored().isEmpty()) {
            JsonNode ticket =
                    trail.scored().get(trail.scored().size() - 1).json().path("ticket");
            out.println("  " + TerminalText.of(text(ticket), TEXT));
        }
        predictions();
        if (!trail.rejected().isEmpty()) {
            heading("Rejected", trail.rejected().size());
            trail.rejected().forEach(entry -> {
                line(entry);
                out.println("    " + TerminalText.of(entry.reason().orElse(""), TEXT));
            });
        }
        submissions();
        example();
    }

    private static String text(JsonNode ticket) {
        RawTicket raw = RawTicket.ofJson(ticket.toString().getBytes(UTF_8), "tickets.scored", 0);
        return new TicketDecoder(Integer.MAX_VALUE).decode(raw) instanceof Ticket read ? read.text() : "";
    }

    private void predictions() {
        heading("Predictions", trail.scored().size());
        for (AuditTrail.Entry entry : trail.scored()) {
            JsonNode routing = entry.json().path("routing");
            line(entry);
            out.println("    model " + entry.json().at("/model/version").asText() + ", queue "
                    + routing.path("queue").asText()
                    + (routing.path("rule").isTextual()
                            ? ", by rule "
                                    + TerminalText.of(routing.path("rule").asText(), NAME)
                            : ""));
            List<String> labels = new ArrayList<>();
            for (Map.Entry<String, JsonNode> head :
                    entry.json().path("prediction").properties()) {
                labels.add(String.format(
                        Locale.ROOT,
                        "%s=%s (%.2f)",
                        head.getKey(),
                        head.getValue().path("label").asText(),
                        head.getValue().path("confidence").asDouble()));
            }
            out.println("    " + TerminalText.of(String.join("  ", labels), TEXT));
            routing.path("reasons").forEach(this::reason);
        }
        trail.queued().forEach(entry -> out.println("  queued    " + entry.at() + "  " + entry.place()));
    }

    private void reason(JsonNode reason) {
        boolean measured = reason.path("threshold").isNumber();
        String head = reason.path("head").isTextual() ? reason.path("head").textValue() + " " : "";
        out.println("    for review: " + reason.path("reason").asText()
                + (measured
                        ? String.format(
                                Locale.ROOT,
                                ", %s%.2f below %.2f",
                                head,
                                reason.path("value").asDouble(),
                                reason.path("threshold").asDouble())
                        : ""));
    }

    private void submissions() {
        heading("Submissions", trail.submissions().size());
        for (AuditTrail.Submission submission : trail.submissions()) {
            line(submission.entry());
            String note = submission.entry().json().path("note").asText("");
            if (submission.decoded() instanceof Correction correction) {
                CorrectionSubmission said = correction.submission();
                out.println("    valid: "
                        + (said.retracted() ? "takes all labels back" : labels(said.labels()))
                        + ", by "
                        + (said.by().isEmpty() ? "nobody named" : TerminalText.of(said.by(), NAME))
                        + ", at " + said.at());
            } else if (submission.decoded() instanceof RejectedCorrection rejected) {
                String by = submission.entry().json().path("submitted_by").asText("");
                out.println("    rejected: " + rejected.reason() + ", " + TerminalText.of(rejected.detail(), TEXT)
                        + (by.isEmpty() ? "" : ", by " + TerminalText.of(by, NAME)));
            }
            if (!note.isEmpty()) {
                out.println("    note: " + TerminalText.of(note, TEXT));
            }
        }
    }

    private static String labels(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>();
        labels.forEach((head, label) -> pairs.add(head + "=" + label));
        return String.join(" ", pairs);
    }

    private void example() {
        out.println();
        if (trail.example().isPresent()) {
            AuditTrail.Entry entry = trail.example().get();
            out.println("Example");
            line(entry);
            for (Map.Entry<String, JsonNode> head :
                    entry.json().path("corrected").properties()) {
                String predicted =
                        entry.json().path("predicted").path(head.getKey()).asText("");
                out.println("    " + head.getKey() + "="
                        + entry.json().path(head.getKey()).asText()
                        + (predicted.isEmpty() ? "" : ", predicted " + predicted)
                        + ", by " + TerminalText.of(head.getValue().path("by").asText(), NAME)
                        + ", at " + TerminalText.of(head.getValue().path("at").asText(), NAME));
            }
        } else if (trail.isTakenBack()) {
            out.println("No example: its labels were taken back.");
        } else if (trail.submissions().stream().anyMatch(s -> s.decoded() instanceof Correction)) {
            out.println("No example yet: a correction waits for its ticket, or for the corrections role to run.");
        } else {
            out.println("No example.");
        }
    }

    private void heading(String title, int count) {
        out.println();
        out.println(count == 0 ? title + ": none" : title);
    }

    private void line(AuditTrail.Entry entry) {
        out.println("  " + entry.at() + "  " + entry.place());
    }
}
