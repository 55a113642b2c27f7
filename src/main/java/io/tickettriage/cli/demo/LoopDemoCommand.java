package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.corrections.CorrectionsExport;
import io.tickettriage.corrections.ExportOptions;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.RecordSender;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code triage loop-demo}: from a wrong label to a better model, with timings. */
@Command(
        name = "loop-demo",
        description = {
            "Shows the whole circle on an embedded broker: tickets of a kind the model has never seen are routed wrongly, "
                    + "people correct them, the model learns, passes the gate and is published, and new tickets of that "
                    + "kind go right, without a restart.",
            "",
            "Exits with 1 if the gate refuses the model, or most of the new tickets still go wrong."
        },
        footer = {"", "Example:", "  triage loop-demo"})
public final class LoopDemoCommand extends TriageCommand {
    private static final String WRONG = "/demo/loop-wrong.txt";
    private static final String UNSEEN = "/demo/loop-unseen.txt";
    /** What the desk of this demo says about its parcel lockers. */
    private static final Map<String, String> RIGHT = Map.of("department", "logistics", "intent", "delivery_issue");

    private static final String RIGHT_QUEUE = "logistics";

    private final Map<String, Duration> timings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = out();
        try (DemoStack stack = DemoStack.start(spec())) {
            Path model = stack.logs().resolve("active.json");
            Path corrections = stack.logs().resolve("corrections.jsonl");
            Path candidate = stack.logs().resolve("candidate.json");
            AtomicFile.write(model, ArtifactFile.bytes(null));
            try (KafkaConsumer<byte[], byte[]> consumer = stack.newOutputConsumer()) {
                heading(out, "1. Tickets about \"GreenBox\" parcel lockers, a word the model has never seen");
                List<String> wrong = lines(WRONG);
                int rightBefore = show(out, wrong, route(stack, consumer, "wrong-", wrong));

                heading(out, "2. People say where they belong: logistics, delivery_issue");
                Instant corrected = Instant.now();
                timed("submit and join", () -> submit(stack, wrong.size()));
                timed(
                        "export",
                        () -> run("corrections", "export", "--bootstrap", stack.bootstrap(), "--out", corrections));

                heading(out, "3. The model learns from them, and the gate compares");
                int verdict = timed(
                        "train and gate",
                        () -> run("train", "--corrections", corrections, "--from", model, "--out", candidate));
                if (verdict != 0) {
                    out.println("The gate refused the new model; the old one stays active.");
                    return 1;
                }

                heading(out, "4. Published; every instance swaps without a restart");
                timed("publish and swap", () -> publish(stack, candidate));
                Duration circle = Duration.between(corrected, Instant.now());

                heading(out, "5. New tickets of the same kind, never seen before");
                List<String> unseen = lines(UNSEEN);
                int rightAfter = show(out, unseen, route(stack, consumer, "unseen-", unseen));

                heading(out, "From correction to live");
                timings.forEach((step, time) -> out.printf(Locale.ROOT, "  %-18s %6.1f s%n", step, seconds(time)));
                out.printf(Locale.ROOT, "  %-18s %6.1f s%n%n", "in all", seconds(circle));
                out.printf(
                        Locale.ROOT,
                        "Sent to %s: %d of %d before, %d of %d new ones after.%n",
                        RIGHT_QUEUE,
                        rightBefore,
                        wrong.size(),
                        rightAfter,
                        unseen.size());
                return 2 * rightAfter > unseen.size() ? 0 : 1;
            } finally {
                out.println("Files and logs: " + stack.logs());
                out.flush();
            }
        }
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

    /** Shows a command as a user would type it, and runs it. */
    private int run(Object... arguments) {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        PrintWriter out = out();
        out.println("$ ./triage " + String.join(" ", words));
        out.flush();
        // A command line of its own: this one is in use.
        CommandLine root = spec().root().commandLine();
        return new CommandLine(root.getCommand().getClass())
                .setCaseInsensitiveEnumValuesAllowed(root.isCaseInsensitiveEnumValuesAllowed())
                .setExecutionExceptionHandler(root.getExecutionExceptionHandler())
                .execute(words.toArray(String[]::new));
    }

    /** Sends texts and waits for their queues, by key. */
    private static Map<String, String> route(
            DemoStack stack, KafkaConsumer<byte[], byte[]> consumer, String prefix, List<String> texts)
            throws IOException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = stack.newProducer()) {
            RecordSender sender = new RecordSender(producer);
            for (int i = 0; i < texts.size(); i++) {
                byte[] value = Json.bytes(Map.of("text", texts.get(i)));
                sender.send(new ProducerRecord<>("tickets.raw", (prefix + i).getBytes(UTF_8), value));
            }
            sender.flush();
        }
        Map<String, String> queues = new HashMap<>();
        stack.await(texts.size() + " tickets are routed", () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
                String key = new String(record.key(), UTF_8);
                if (key.startsWith(prefix)) {
                    String queue = record.topic().substring(record.topic().lastIndexOf('.') + 1);
                    queues.put(key.substring(prefix.length()), queue);
                }
            }
            return queues.size() == texts.size();
        });
        return queues;
    }

    /** Prints each text with its queue and returns how many went right. */
    private static int show(PrintWriter out, List<String> texts, Map<String, String> queues) {
        int right = 0;
        for (int i = 0; i < texts.size(); i++) {
            String queue = queues.getOrDefault(Integer.toString(i), "");
            right += queue.equals(RIGHT_QUEUE) ? 1 : 0;
            out.printf(Locale.ROOT, "  %s %-10s %s%n", queue.equals(RIGHT_QUEUE) ? "+" : "-", queue, texts.get(i));
        }
        out.flush();
        return right;
    }

    /** Submits a correction for each ticket and waits until all are on {@code tickets.corrections}. */
    private static int submit(DemoStack stack, int tickets) throws IOException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = stack.newProducer();
                KafkaConsumer<byte[], byte[]> consumer = stack.newConsumer()) {
            RecordSender sender = new RecordSender(producer);
            for (int i = 0; i < tickets; i++) {
                CorrectionSubmission submission = new CorrectionSubmission(
                        "wrong-" + i, Optional.empty(), Optional.of(RIGHT), "loop-demo", Instant.now());
                sender.send(new ProducerRecord<>("tickets.corrections.submitted", Json.bytes(submission)));
            }
            sender.flush();
            CorrectionsExport examples = new CorrectionsExport(
                    consumer,
                    TopicReader.partitions(consumer, "tickets.corrections"),
                    ConfigFiles.read(null, "taxonomy.yaml", Taxonomy::read),
                    new ExportOptions(false, Set.of()));
            stack.await(tickets + " corrections are joined", () -> {
                examples.readToEnd();
                return examples.export().examples() == tickets;
            });
        }
        return tickets;
    }

    /** Publishes and waits until the instance says that it scores with the new model. */
    private String publish(DemoStack stack, Path candidate) throws IOException, InterruptedException {
        String version = ArtifactFile.read(candidate).model().version();
        if (run("model", "publish", "--bootstrap", stack.bootstrap(), candidate) != 0) {
            throw new CommandFailedException("the model could not be published");
        }
        String active = "triage_model_info{version=\"" + version + "\"}";
        stack.await("the instance scores with " + version, () -> stack.get("/metrics")
                .filter(metrics -> metrics.contains(active))
                .isPresent());
        return version;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void heading(PrintWriter out, String text) {
        out.println();
        out.println(text);
        out.flush();
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = LoopDemoCommand.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
