package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Help.Ansi;

/** What the demo shows of each ticket: one line with queue, intent, confidence, reason and text. */
final class DemoView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT_WIDTH = 70;

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
        out.println(queue.equals("dlq") ? rejected(record) : scored(queue, record));
        out.flush();
    }

    private String scored(String queue, ConsumerRecord<byte[], byte[]> record) {
        JsonNode json = parse(record.value());
        JsonNode intent = json.at("/prediction/intent");
        String line = String.format(
                Locale.ROOT,
                "%-10s  %-16s  %3.0f %%  %s",
                queue,
                intent.path("label").asText(),
                100 * intent.path("confidence").asDouble(),
                shortened(text(json.path("ticket"))));
        if (!queue.equals("review")) {
            return Ansi.AUTO.string("@|green " + queue + "|@") + line.substring(queue.length());
        }
        return Ansi.AUTO.string("@|yellow " + queue + "|@") + line.substring(queue.length()) + System.lineSeparator()
                + " ".repeat(12) + "why: " + reasons(json.path("routing"));
    }

    private String rejected(ConsumerRecord<byte[], byte[]> record) {
        String line = String.format(
                Locale.ROOT,
                "%-10s  %-16s         %s",
                "dlq",
                header(record, "triage-reject-reason"),
                shortened(new String(record.value(), UTF_8)));
        return Ansi.AUTO.string("@|red dlq|@") + line.substring(3) + System.lineSeparator() + " ".repeat(12) + "why: "
                + header(record, "__streams.errors.message");
    }

    private static String reasons(JsonNode routing) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode reason : routing.path("reasons")) {
            if (reason.path("reason").asText().equals("RULE")) {
                reasons.add("rule " + routing.path("rule").asText());
            } else {
                reasons.add(String.format(
                        Locale.ROOT,
                        "%s %s %.0f %% (needs %.0f %%)",
                        reason.path("reason").asText(),
                        reason.path("head").asText("").replace("null", ""),
                        100 * reason.path("value").asDouble(),
                        100 * reason.path("threshold").asDouble()));
            }
        }
        return String.join(", ", reasons).replace("  ", " ");
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
        out.println("  Metrics  " + stack.metrics());
        out.println("  Logs     " + stack.logs());
        out.println();
        out.println("Watch the queues in one terminal:");
        out.println("  ./triage tail --bootstrap " + stack.bootstrap());
        out.println("and send a ticket of your own in another:");
        out.println(
                "  echo 'my card was charged twice' | ./triage produce --bootstrap " + stack.bootstrap() + " --text -");
    }

    private static String text(JsonNode ticket) {
        List<String> parts = new ArrayList<>();
        for (String field : new String[] {"subject", "body", "description", "message", "text"}) {
            if (!ticket.path(field).asText("").isBlank()) {
                parts.add(ticket.path(field).asText());
            }
        }
        return String.join(" / ", parts);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= TEXT_WIDTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TEXT_WIDTH - 1)) + "…";
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(new String(json, UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the application wrote no JSON", e);
        }
    }

    private static String bold(String text) {
        return Ansi.AUTO.string("@|bold " + text + "|@");
    }
}
