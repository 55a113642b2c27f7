package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.model.artifact.ArtifactFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;

/** {@code triage loop-demo}: from a wrong label to a better model, with timings. */
@Command(
        name = "loop-demo",
        description = {
            "Shows the whole circle on an embedded broker: tickets of a kind the model has never seen are routed wrongly, "
                    + "people correct them, the model learns, passes the gate and is published, and new tickets of that "
                    + "kind go right, without a restart.",
            "%nExits with 1 if the gate refuses the model, or most of the new tickets still go wrong."
        },
        footer = {"", "Example:", "  triage loop-demo"})
public final class LoopDemoCommand extends TriageCommand {
    /** What the desk of this demo says about its parcel lockers. */
    private static final Map<String, String> RIGHT = Map.of("department", "logistics", "intent", "delivery_issue");

    private static final String RIGHT_QUEUE = "logistics";
    private static final String TIMING = "  %-18s %6.1f s";

    private final Map<String, Duration> timings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Page page = new Page(out());
        List<String> wrong = ConfigFiles.text("demo/loop-wrong.txt").lines().toList();
        List<String> unseen = ConfigFiles.text("demo/loop-unseen.txt").lines().toList();
        try (DemoStack stack = DemoStack.start(spec())) {
            String bootstrap = stack.cluster().servers();
            Path model = stack.directory().resolve("active.json");
            Path corrections = stack.directory().resolve("corrections.jsonl");
            Path candidate = stack.directory().resolve("candidate.json");
            AtomicFile.write(model, ArtifactFile.bytes(null));
            try (KafkaConsumer<byte[], byte[]> consumer = stack.newOutputConsumer()) {
                heading(page, "1. Tickets about \"GreenBox\" parcel lockers, a word the model has never seen");
                int rightBefore = route(stack, consumer, "wrong-", wrong, page);

                heading(page, "2. People say where they belong: logistics, delivery_issue");
                Instant corrected = Instant.now();
                timed("submit and join", () -> submit(stack, wrong.size()));
                timed("export", () -> run("corrections", "export", "--bootstrap", bootstrap, "--out", corrections));

                heading(page, "3. The model learns from them, and the gate compares");
                int verdict = timed(
                        "train and gate",
                        () -> run("train", "--corrections", corrections, "--from", model, "--out", candidate));
                if (verdict != 0) {
                    page.line("The gate refused the new model; the old one stays active.");
                    return 1;
                }

                heading(page, "4. Published; every instance swaps without a restart");
                timed("publish and swap", () -> publish(stack, candidate));
                Duration circle = Duration.between(corrected, Instant.now());

                heading(page, "5. New tickets of the same kind, never seen before");
                int rightAfter = route(stack, consumer, "unseen-", unseen, page);

                heading(page, "From correction to live");
                timings.forEach((step, time) -> page.line(TIMING, step, time.toMillis() / 1000.0));
                page.line(TIMING, "in all", circle.toMillis() / 1000.0);
                page.line();
                page.line(
                        "Sent to %s: %d of %d before, %d of %d new ones after.",
                        RIGHT_QUEUE, rightBefore, wrong.size(), rightAfter, unseen.size());
                return 2 * rightAfter > unseen.size() ? 0 : 1;
            } finally {
                page.line("Files and logs: " + stack.directory());
            }
        }
    }

    private static void heading(Page page, String title) {
        page.line();
        page.line(title);
    }

    /** A step of the demo. */
    private interface Step<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T timed(String name, Step<T> step) throws IOException, InterruptedException {
        long start = System.nanoTime();
        T result = step.run();
        timings.put(name, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /** Sends texts, waits for their queues, prints each text with its queue and returns how many went right. */
    private static int route(
            DemoStack stack, KafkaConsumer<byte[], byte[]> consumer, String prefix, List<String> texts, Page page)
            throws IOException, InterruptedException {
        stack.cluster().withSender(sender -> {
            for (int i = 0; i < texts.size(); i++) {
                byte[] value = Json.bytes(Map.of("text", texts.get(i)));
                sender.send(new ProducerRecord<>(TopicNames.PLAIN.raw(), (prefix + i).getBytes(UTF_8), value));
            }
        });
        Map<String, String> queues = new HashMap<>();
        stack.await(texts.size() + " tickets are routed", () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
                if (key(record).startsWith(prefix)) {
                    queues.put(key(record), DemoView.queueOf(record));
                }
            }
            return queues.size() == texts.size();
        });
        for (int i = 0; i < texts.size(); i++) {
            String queue = queues.getOrDefault(prefix + i, "");
            page.line("  %s %-10s %s", queue.equals(RIGHT_QUEUE) ? "+" : "-", queue, texts.get(i));
        }
        return Collections.frequency(queues.values(), RIGHT_QUEUE);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    /** Submits a correction for each ticket and waits until all are on {@code tickets.corrections}. */
    private static int submit(DemoStack stack, int tickets) throws IOException, InterruptedException {
        stack.cluster().withSender(sender -> {
            for (int i = 0; i < tickets; i++) {
                CorrectionSubmission submission = new CorrectionSubmission(
                        "wrong-" + i, Optional.empty(), Optional.of(RIGHT), "loop-demo", Instant.now());
                sender.send(new ProducerRecord<>(TopicNames.PLAIN.correctionsSubmitted(), Json.bytes(submission)));
            }
        });
        try (KafkaConsumer<byte[], byte[]> consumer = stack.cluster().newConsumer()) {
            Set<String> joined = new HashSet<>();
            stack.await(tickets + " corrections are joined", () -> {
                TopicReader.readSince(
                        consumer, TopicNames.PLAIN.corrections(), Instant.EPOCH, record -> joined.add(key(record)));
                return joined.size() == tickets;
            });
        }
        return tickets;
    }

    /** Publishes and waits until the instance says that it scores with the new model. */
    private String publish(DemoStack stack, Path candidate) throws IOException, InterruptedException {
        String version = ArtifactFile.read(candidate).model().version();
        if (run("model", "publish", "--bootstrap", stack.cluster().servers(), candidate) != 0) {
            throw new CommandFailedException("the model could not be published");
        }
        String active = "triage_model_info{version=\"" + version + "\"}";
        stack.await("the instance scores with " + version, () -> stack.get("/metrics")
                .filter(metrics -> metrics.contains(active))
                .isPresent());
        return version;
    }
}
