package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
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
            "%nServes on until Ctrl-C, so that you can send your own."
        },
        footer = {"", "Example:", "  triage demo --once"})
public final class DemoCommand extends TriageCommand {
    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(names = "--once", description = "Exit after the samples, with 0 if every ticket is accounted for.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> samples = ConfigFiles.text("demo/tickets.jsonl").lines().toList();
        try (DemoStack stack = DemoStack.start(spec())) {
            out().println();
            DemoView view = new DemoView(new Page(out()));
            Map<String, Integer> seen = play(stack, samples, view);
            int missing = samples.size() - seen.size();
            long repeated = seen.values().stream().filter(times -> times > 1).count();
            view.summary(samples.size(), missing, repeated);
            if (!once) {
                view.whatNext(stack);
                while (stack.isAlive()) {
                    Thread.sleep(1_000);
                }
                throw new CommandFailedException("a part of the demo has ended; " + stack.directory() + " says why");
            }
            out().println("Logs: " + stack.directory());
            return missing == 0 && repeated == 0 ? 0 : 1;
        }
    }

    /** Sends the samples and shows what comes back; returns how often each key was seen in an output topic. */
    private static Map<String, Integer> play(DemoStack stack, List<String> samples, DemoView view)
            throws InterruptedException {
        Map<String, Integer> seen = new HashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = stack.cluster().newProducer(Map.of());
                KafkaConsumer<byte[], byte[]> consumer = stack.newOutputConsumer()) {
            int sent = 0;
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (seen.size() < samples.size() && System.nanoTime() < deadline) {
                if (sent < samples.size()) {
                    // By its key a sample is recognised in the outputs.
                    byte[] key = ("demo-" + sent).getBytes(UTF_8);
                    byte[] value = samples.get(sent).getBytes(UTF_8);
                    Future<RecordMetadata> unused =
                            producer.send(new ProducerRecord<>(TopicNames.PLAIN.raw(), key, value));
                    sent++;
                    Thread.sleep(PACE.toMillis());
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PACE)) {
                    seen.merge(new String(record.key(), UTF_8), 1, Integer::sum);
                    view.show(record);
                    deadline = System.nanoTime() + TIMEOUT.toNanos();
                }
            }
        }
        return seen;
    }
}
