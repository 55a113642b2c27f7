package io.tickettriage.cli.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.corrections.SubmissionLine.Invalid;
import io.tickettriage.cli.corrections.SubmissionLine.Valid;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.ClusterCommand;
import io.tickettriage.cli.shared.InputLines;
import io.tickettriage.cli.shared.InputLines.Line;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.format.Json;
import io.tickettriage.format.VisibleText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage corrections submit}: says which labels were wrong. */
@Command(
        name = "submit",
        description = {
            "Says which labels of a ticket are right, or takes earlier corrections of it back.",
            "%nOne submission by options, or many as JSON Lines on standard input with -. Each is checked against the "
                    + "taxonomy before it is sent, as the application will check it. Only the heads you name are corrected. "
                    + "Of two submissions about one head, the one with the later time counts.",
            "%nWith -, a line that is wrong is reported with its number and reason, the other lines are sent, and the exit "
                    + "code is 1; with --strict, nothing is sent unless every line is right. A line that names no submitter "
                    + "is sent with that of --by."
        },
        footer = {
            "%nBy options it prints the ticket's id: that of a text is made from the text.",
            "%nExamples:",
            "  triage corrections submit --ticket T-1 --label department=logistics --label intent=delivery_issue",
            "  triage corrections submit --text 'i was charged twice' --label intent=billing_issue --by ann",
            "  triage corrections submit --ticket T-1 --retract",
            "  triage corrections submit - < corrections-of-today.jsonl"
        })
final class CorrectionsSubmitCommand extends ClusterCommand {
    @Option(names = "--ticket", paramLabel = "ID", description = "The ticket that is corrected.")
    private @Nullable String ticket;

    @Option(names = "--text", paramLabel = "TEXT", description = "A text of its own, instead of a ticket.")
    private @Nullable String text;

    @Option(names = "--label", paramLabel = "HEAD=LABEL", description = "The right label of a head; repeatable.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--retract", description = "Take back all labels submitted so far.")
    private boolean retract;

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so (${DEFAULT-VALUE}).")
    private String by = System.getProperty("user.name");

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit trail, read by no program.")
    private @Nullable String note;

    @Option(names = "--at", paramLabel = "TIME", description = "When it was decided (now), as 2026-11-20T10:00:00Z.")
    private @Nullable String at;

    @Option(names = "--strict", description = "With -: send nothing unless every line is right.")
    private boolean strict;

    @Parameters(arity = "0..1", paramLabel = "-", description = "Read JSON Lines on standard input.")
    private @Nullable String source;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        Cluster cluster = kafka.cluster();
        String topic = cluster.names().correctionsSubmitted();
        CorrectionDecoder decoder = new CorrectionDecoder(cluster.taxonomy(), cluster.maxTicketBytes());
        InputStream in = source == null ? new ByteArrayInputStream(fromOptions(decoder)) : System.in;
        List<Valid> valid = new ArrayList<>();
        List<Invalid> invalid = new ArrayList<>();
        List<String> tickets = new ArrayList<>();
        if (strict) {
            check(in, cluster.maxTicketBytes(), decoder, valid::add, invalid);
        }
        if (invalid.isEmpty()) {
            cluster.requireTopics(cluster.names(), List.of(topic));
            cluster.withSender(sender -> {
                Consumer<Valid> send = submission -> {
                    byte[] key = submission.ticketId().getBytes(UTF_8);
                    sender.send(new ProducerRecord<>(topic, key, submission.json()));
                    tickets.add(submission.ticketId());
                };
                if (strict) {
                    valid.forEach(send);
                } else {
                    check(in, cluster.maxTicketBytes(), decoder, send, invalid);
                }
            });
        }
        output.print(new SubmitReport(tickets.size(), tickets, invalid), page -> {
            if (source == null) {
                tickets.forEach(page::line);
            }
        });
        err().println("sent " + tickets.size() + " to " + topic
                + (invalid.isEmpty() ? "" : ", " + invalid.size() + " wrong")
                + (strict && !invalid.isEmpty() ? ", so nothing was sent" : ""));
        return invalid.isEmpty() ? 0 : 1;
    }

    /** What was sent, about which tickets in order, and what was wrong. */
    private record SubmitReport(int sent, List<String> tickets, List<Invalid> invalid) {}

    private void checkUsage() {
        if (source != null && !source.equals("-")) {
            throw wrongUsage("unknown argument \"" + source + "\"; - reads lines");
        }
        boolean options = ticket != null || text != null || !labels.isEmpty() || retract || note != null || at != null;
        if (source != null && options) {
            throw wrongUsage("- takes everything but --by from the lines; leave out the other options");
        }
        if (source == null && (ticket == null) == (text == null)) {
            throw wrongUsage("name one: --ticket ID, --text TEXT, or - for lines");
        }
        if (source == null && retract != labels.isEmpty()) {
            throw wrongUsage("name one: --label HEAD=LABEL, or --retract");
        }
        if (text != null && text.isBlank()) {
            throw wrongUsage("--text is blank");
        }
    }

    /** The one submission of the options, as a line; its labels are checked here where a flat row would ignore them. */
    private byte[] fromOptions(CorrectionDecoder decoder) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("submitted_by", by);
        Optional.ofNullable(at).ifPresent(time -> about.put("submitted_at", time));
        Optional.ofNullable(note).ifPresent(why -> about.put("note", why));
        Map<String, String> byHead = labels();
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("ticket_id", ticket != null ? ticket : CorrectionDecoder.textKey(String.valueOf(text)));
        named.put("labels", retract ? null : byHead);
        named.putAll(about);
        byte[] line = Json.bytes(named);
        if (text == null || retract || SubmissionLine.check(new Line(1, line), by, decoder) instanceof Invalid) {
            return line;
        }
        about.put("text", text);
        about.putAll(byHead);
        return Json.bytes(about);
    }

    private Map<String, String> labels() {
        Map<String, String> byHead = new LinkedHashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                throw wrongUsage("--label " + label + ": expected HEAD=LABEL");
            }
            if (byHead.put(label.substring(0, equals), label.substring(equals + 1)) != null) {
                throw wrongUsage("--label " + label + ": this head is given a label twice");
            }
        }
        return byHead;
    }

    private void check(
            InputStream in, int maxBytes, CorrectionDecoder decoder, Consumer<Valid> taker, List<Invalid> invalid)
            throws IOException {
        InputLines.forEach(in, maxBytes, line -> {
            SubmissionLine checked = SubmissionLine.check(line, by, decoder);
            if (checked instanceof Valid valid) {
                taker.accept(valid);
            } else if (checked instanceof Invalid wrong) {
                invalid.add(wrong);
                String where = source == null ? "" : "line " + wrong.line() + ": ";
                err().println(where + wrong.reason() + ": " + VisibleText.line(wrong.detail()));
            }
        });
    }
}
