package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.format.VisibleText;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.message.Routing;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.math.BigDecimal;
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

    private final Page page;
    private final Map<String, Integer> byQueue = new TreeMap<>();

    /** A view whose heading is shown at once. */
    DemoView(Page page) {
        this.page = page;
        page.coloured(bold(format("%-10s  %-16s  %5s  %s", "queue", HEAD, "sure", "ticket")));
    }

    /** Shows one record of a queue or the DLQ. */
    void show(ConsumerRecord<byte[], byte[]> record) {
        String queue = queueOf(record);
        byQueue.merge(queue, 1, Integer::sum);
        if (queue.equals(DLQ)) {
            String reason = HeaderNames.text(record.headers(), HeaderNames.REJECT_REASON);
            String text = shortened(new String(record.value(), UTF_8));
            show("red", queue, format("  %-16s         %s", reason, text));
            why(HeaderNames.text(record.headers(), HeaderNames.ERROR_MESSAGE));
            return;
        }
        ScoredRecord scored = read(record.value());
        ScoredRecord.Answer intent =
                scored.prediction().getOrDefault(HEAD, new ScoredRecord.Answer("", BigDecimal.ZERO, Map.of()));
        String text = shortened(scored.decodedTicket().map(Ticket::text).orElse(""));
        boolean review = queue.equals(Routing.REVIEW);
        double percent = 100 * intent.confidence().doubleValue();
        show(review ? "yellow" : "green", queue, format("  %-16s  %3.0f %%  %s", intent.label(), percent, text));
        if (review) {
            why(reasons(scored.routing()));
        }
    }

    /** The queue that a record was read from, or {@code dlq}. */
    static String queueOf(ConsumerRecord<?, ?> record) {
        return record.topic().substring(record.topic().lastIndexOf('.') + 1);
    }

    private void show(String colour, String queue, String rest) {
        String padding = " ".repeat(Math.max(0, 10 - queue.length()));
        page.coloured(Ansi.AUTO.string("@|" + colour + " " + queue + "|@") + padding + VisibleText.line(rest));
    }

    private void why(String reason) {
        page.line(" ".repeat(12) + "why: " + reason);
    }

    private static String reasons(ScoredRecord.Route routing) {
        return routing.reasons().stream()
                .map(reason -> reason.value() == null || reason.threshold() == null
                        ? "rule " + routing.rule()
                        : reason.reason()
                                + (reason.head() == null ? "" : " " + reason.head())
                                + format(" %.0f %%", 100 * reason.value().doubleValue())
                                + format(
                                        " (needs %.0f %%)",
                                        100 * reason.threshold().doubleValue()))
                .collect(Collectors.joining(", "));
    }

    /** Shows how many tickets went where, and whether any is missing or there twice. */
    void summary(int samples, int missing, long repeated) {
        page.line();
        page.coloured(bold(samples + " tickets"));
        int most = byQueue.values().stream().mapToInt(n -> n).max().orElse(1);
        byQueue.forEach((queue, n) -> page.line("  %-10s %4d  %s", queue, n, "#".repeat(Math.max(1, 40 * n / most))));
        page.line();
        page.line(
                missing == 0 && repeated == 0
                        ? "Every ticket arrived exactly once."
                        : missing + " tickets are missing, " + repeated + " arrived more than once.");
    }

    /** Shows what to try next. */
    void whatNext(DemoStack stack) {
        page.line();
        page.coloured(bold("Still serving; Ctrl-C ends it."));
        page.lines("""
                Decide the doubtful ones, and let the model learn from it:
                  %2$s/

                  Kafka    %1$s
                  Metrics  %2$s/metrics
                  Logs     %3$s

                Watch the queues in one terminal:
                  ./triage tail --bootstrap %1$s
                and send a ticket of your own in another:
                  echo 'my card was charged twice' | ./triage produce --bootstrap %1$s --text -\
                """.formatted(stack.cluster().servers(), stack.url(), stack.directory()));
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

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
