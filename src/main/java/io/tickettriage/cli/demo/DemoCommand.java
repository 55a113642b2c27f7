package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.SampleTickets;
import io.tickettriage.cli.shared.TriageCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code triage demo}: the whole thing on one machine, with nothing to install. */
@Command(
        name = "demo",
        description = {
            "Shows the application at work: starts a broker, creates the topics, starts the application as in "
                    + "production (exactly-once), sends about 200 sample tickets and shows each one's way.",
            "",
            "Serves on until Ctrl-C, so that you can send your own."
        },
        footer = {"", "Example:", "  triage demo --once"})
public final class DemoCommand extends TriageCommand {
    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--once",
            description = "Play the samples, print the summary, and exit: 0 if every ticket is accounted for.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = out();
        List<String> samples = SampleTickets.lines();
        try (DemoStack stack = DemoStack.start(spec())) {
            out.println();
            DemoView view = new DemoView(out, samples);
            Map<String, Integer> seen = play(stack, samples, view);
            int missing = samples.size() - seen.size();
            long repeated = seen.values().stream().filter(times -> times > 1).count();
            view.summary(missing, repeated);
            if (!once) {
                view.whatNext(stack);
                out.flush();
                while (stack.isAlive()) {
                    Thread.sleep(1_000);
                }
                throw new CommandFailedException("a part of the demo has ended; " + stack.logs() + " says why");
            }
            out.println("Logs: " + stack.logs());
            out.flush();
            return missing == 0 && repeated == 0 ? 0 : 1;
        }
    }

    /** Sends the samples and shows what comes back; returns how often each key was seen in an output topic. */
    private static Map<String, Integer> play(DemoStack stack, List<String> samples, DemoView view)
            throws InterruptedException {
        Map<String, Integer> seen = new HashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = stack.newProducer();
                KafkaConsumer<byte[], byte[]> consumer = stack.newOutputConsumer()) {
            int sent = 0;
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (seen.size() < samples.size() && System.nanoTime() < deadline) {
                if (sent < samples.size()) {
                    byte[] key = key(sent).getBytes(UTF_8);
                    Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(
                            "tickets.raw", key, samples.get(sent).getBytes(UTF_8)));
                    sent++;
                    Thread.sleep(PACE.toMillis());
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String key = new String(record.key(), UTF_8);
                    seen.merge(key, 1, Integer::sum);
                    view.show(record);
                    deadline = System.nanoTime() + TIMEOUT.toNanos();
                }
            }
        }
        return seen;
    }

    /** The key of the n-th sample, by which it is recognised in the outputs. */
    static String key(int n) {
        return "demo-" + n;
    }
}
