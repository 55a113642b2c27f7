package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.message.Routing;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Help.Ansi;

/** What the demo shows of each ticket: one line with queue, intent, confidence, reason and text. */
final class DemoView {
    private static final int TEXT_CHARACTERS = 70;
    private static final String HEAD = "intent";
    private static final String DLQ = "dlq";

    private final PrintWriter out;
    private final List<String> samples;
    private final Map<String, Integer> byQueue = new TreeMap<>();

    DemoView(PrintWriter out, List<String> samples) {
        this.out = out;
        this.samples = samples;
        out.println(bold(String.format(Locale.ROOT, "%-10s  %-16s  %5s  %s", "queue", "intent", "sure", "ticket")));
    }

    /** Shows one record of a queue or the DLQ. */
    void show(ConsumerRecord<byte[], byte[]> record) {
        String queue = record.topic().substring(record.topic().lastIndexOf('.') + 1);
        byQueue.merge(queue, 1, Integer::sum);
        out.println(queue.equals(DLQ) ? rejected(record) : scored(queue, record));
        out.flush();
    }

    private static String scored(String queue, ConsumerRecord<byte[], byte[]> record) {
        ScoredRecord scored = read(record.value());
        ScoredRecord.Answer intent = scored.prediction().get(HEAD);
        String line = String.format(
                Locale.ROOT,
                "%-10s  %-16s  %3.0f %%  %s",
                queue,
                intent == null ? "" : intent.label(),
                intent == null ? 0 : 100 * intent.confidence().doubleValue(),
                shortened(scored.decodedTicket().map(Ticket::text).orElse("")));
        boolean review = queue.equals(Routing.REVIEW);
        return coloured(review ? "yellow" : "green", queue, line) + (review ? why(reasons(scored.routing())) : "");
    }

    private static String rejected(ConsumerRecord<byte[], byte[]> record) {
        String line = String.format(
                Locale.ROOT,
                "%-10s  %-16s         %s",
                DLQ,
                HeaderNames.text(record.headers(), HeaderNames.REJECT_REASON),
                shortened(new String(record.value(), UTF_8)));
        return coloured("red", DLQ, line) + why(HeaderNames.text(record.headers(), HeaderNames.ERROR_MESSAGE));
    }

    private static String coloured(String colour, String queue, String line) {
        return Ansi.AUTO.string("@|" + colour + " " + queue + "|@") + line.substring(queue.length());
    }

    private static String why(String reason) {
        return System.lineSeparator() + " ".repeat(12) + "why: " + reason;
    }

    private static String reasons(ScoredRecord.Route routing) {
        return routing.reasons().stream()
                .map(reason -> reason.value() == null || reason.threshold() == null
                        ? "rule " + routing.rule()
                        : String.format(
                                Locale.ROOT,
                                "%s%s %.0f %% (needs %.0f %%)",
                                reason.reason(),
                                reason.head() == null ? "" : " " + reason.head(),
                                100 * reason.value().doubleValue(),
                                100 * reason.threshold().doubleValue()))
                .collect(Collectors.joining(", "));
    }

    /** Shows how many tickets went where, and whether any is missing or there twice. */
    void summary(int missing, long repeated) {
        out.println();
        out.println(bold(samples.size() + " tickets"));
        int most = byQueue.values().stream().mapToInt(n -> n).max().orElse(1);
        byQueue.forEach((queue, n) ->
                out.printf(Locale.ROOT, "  %-10s %4d  %s%n", queue, n, "#".repeat(Math.max(1, 40 * n / most))));
        out.println();
        out.println(
                missing == 0 && repeated == 0
                        ? "Every ticket arrived exactly once."
                        : missing + " tickets are missing, " + repeated + " arrived more than once.");
    }

    /** Shows what to try next. */
    void whatNext(DemoStack stack) {
        out.println();
        out.println(bold("Still serving; Ctrl-C ends it."));
        out.println("  Kafka    " + stack.bootstrap());
        out.println("  Metrics  " + stack.url("/metrics"));
        out.println("  Logs     " + stack.logs());
        out.println();
        out.println("Watch the queues in one terminal:");
        out.println("  ./triage tail --bootstrap " + stack.bootstrap());
        out.println("and send a ticket of your own in another:");
        out.println(
                "  echo 'my card was charged twice' | ./triage produce --bootstrap " + stack.bootstrap() + " --text -");
    }

    private static String shortened(String text) {
        return TerminalText.of(text.replaceAll("\\s+", " ").strip(), TEXT_CHARACTERS);
    }

    private static ScoredRecord read(byte[] json) {
        try {
            return ScoredRecord.read(json);
        } catch (IOException e) {
            throw new IllegalStateException("the application wrote no scored ticket", e);
        }
    }

    private static String bold(String text) {
        return Ansi.AUTO.string("@|bold " + text + "|@");
    }
}
