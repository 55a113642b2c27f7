package io.tickettriage.cli.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.InputLines;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.format.Json;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage corrections submit}: says which labels were wrong. */
@Command(
        name = "submit",
        description = {
            "Says which labels of a ticket are right, or takes earlier corrections of it back.",
            "",
            "One submission by options, or many as JSON Lines on standard input with -. Each is checked against the "
                    + "taxonomy before it is sent, as the application will check it. Only the heads you name are corrected. "
                    + "Of two submissions about one head, the one with the later time counts.",
            "",
            "With -, a line that is wrong is reported with its number and reason, the other lines are sent, and the exit "
                    + "code is 1; with --strict, nothing is sent unless every line is right. A line that names no submitter "
                    + "is sent with that of --by."
        },
        footer = {
            "",
            "By options it prints the ticket's id: that of a text is made from the text.",
            "",
            "Examples:",
            "  triage corrections submit --ticket T-1 --label department=logistics --label intent=delivery_issue",
            "  triage corrections submit --text 'i was charged twice' --label intent=billing_issue --by ann",
            "  triage corrections submit --ticket T-1 --retract",
            "  triage corrections submit - < corrections-of-today.jsonl"
        })
final class CorrectionsSubmitCommand extends TriageCommand {
    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--ticket", paramLabel = "ID", description = "The ticket that is corrected.")
    private @Nullable String ticket;

    @Option(names = "--text", paramLabel = "TEXT", description = "A text of its own, instead of a ticket.")
    private @Nullable String text;

    @Option(names = "--label", paramLabel = "HEAD=LABEL", description = "The right label of a head; repeatable.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--retract", description = "Take back all labels submitted so far.")
    private boolean retract;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who says so (${DEFAULT-VALUE}).")
    private String by;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit trail, read by no program.")
    private @Nullable String note;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "When it was decided, as 2026-11-20T10:00:00Z; without it, or if it is in the future: on arrival.")
    private @Nullable String at;

    @Option(names = "--strict", description = "With -: send nothing unless every line is right.")
    private boolean strict;

    @Mixin
    private OutputFormat output;

    @Parameters(arity = "0..1", paramLabel = "-", description = "Read JSON Lines on standard input.")
    private @Nullable String source;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        Cluster cluster = kafka.cluster();
        String topic = cluster.names().correctionsSubmitted();
        int maxBytes = cluster.maxTicketBytes();
        CorrectionDecoder decoder = new CorrectionDecoder(cluster.taxonomy(), maxBytes);
        List<SubmissionLine.Invalid> invalid = new ArrayList<>();
        List<String> tickets = new ArrayList<>();
        Consumer<SubmissionLine.Valid> sent = submission -> tickets.add(submission.ticketId());
        try (InputLines lines = new InputLines(source == null ? fromOptions(decoder) : System.in, maxBytes)) {
            if (strict) {
                List<SubmissionLine.Valid> valid = new ArrayList<>();
                forEach(lines, decoder, valid::add, invalid);
                if (invalid.isEmpty()) {
                    send(cluster, topic, sender -> valid.forEach(sender.andThen(sent)));
                }
            } else {
                send(cluster, topic, sender -> forEach(lines, decoder, sender.andThen(sent), invalid));
            }
        }
        output.print(new SubmitReport(tickets.size(), tickets, invalid, source == null));
        err().println("sent " + tickets.size() + " to " + topic
                + (invalid.isEmpty() ? "" : ", " + invalid.size() + " wrong")
                + (strict && !invalid.isEmpty() ? ", so nothing was sent" : ""));
        return invalid.isEmpty() ? 0 : 1;
    }

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
    private InputStream fromOptions(CorrectionDecoder decoder) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("ticket_id", ticket != null ? ticket : CorrectionDecoder.textKey(String.valueOf(text)));
        named.put("labels", retract ? null : labels());
        named.putAll(about());
        byte[] line = Json.bytes(named);
        boolean valid = SubmissionLine.check(new InputLines.Line(1, line), by, decoder) instanceof SubmissionLine.Valid;
        if (text == null || retract || !valid) {
            return new ByteArrayInputStream(line);
        }
        Map<String, Object> flat = new LinkedHashMap<>(about());
        flat.put("text", text);
        flat.putAll(labels());
        return new ByteArrayInputStream(Json.bytes(flat));
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("submitted_by", by);
        Optional.ofNullable(at).ifPresent(time -> about.put("submitted_at", time));
        Optional.ofNullable(note).ifPresent(why -> about.put("note", why));
        return about;
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

    private void forEach(
            InputLines lines,
            CorrectionDecoder decoder,
            Consumer<SubmissionLine.Valid> taker,
            List<SubmissionLine.Invalid> invalid)
            throws IOException {
        for (Optional<InputLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            SubmissionLine checked = SubmissionLine.check(line.get(), by, decoder);
            if (checked instanceof SubmissionLine.Valid valid) {
                taker.accept(valid);
            } else if (checked instanceof SubmissionLine.Invalid wrong) {
                invalid.add(wrong);
                String where = source == null ? "" : "line " + wrong.line() + ": ";
                err().println(where + wrong.reason() + ": " + wrong.detail());
            }
        }
    }

    /** Work that sends submissions. */
    private interface Sending {
        void with(Consumer<SubmissionLine.Valid> sender) throws IOException;
    }

    private static void send(Cluster cluster, String topic, Sending work) throws IOException {
        cluster.requireTopics(cluster.names(), List.of(topic));
        cluster.withSender(sender -> {
            work.with(submission -> sender.send(
                    new ProducerRecord<>(topic, submission.ticketId().getBytes(UTF_8), submission.json())));
            return sender.sent();
        });
    }
}
