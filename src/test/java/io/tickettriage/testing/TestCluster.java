package io.tickettriage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.Triage;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.service.Application;
import io.tickettriage.service.Role;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.topics.TopicSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The catalogue's topics under a test's own prefix, the application on them inside this JVM, and commands as typed. */
public final class TestCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrap;
    private final TopicNames names;
    private final Path directory;
    private final Cluster cluster;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Application> running = new ArrayList<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

    /** Creates the topics; {@code partitions} replaces the catalogue's number of the topics it names. */
    public TestCluster(String bootstrap, String prefix, Path directory, Map<String, Integer> partitions)
            throws IOException {
        this.bootstrap = bootstrap;
        this.names = new TopicNames(prefix, "");
        this.directory = directory;
        this.cluster = new Cluster(settings());
        this.producer = cluster.newProducer(Map.of());
        List<TopicSpec> topics = TopicCatalogue.load().topics(names).stream()
                .map(t -> new TopicSpec(
                        t.name(),
                        t.description(),
                        t.key(),
                        t.value(),
                        partitions.getOrDefault(t.name().substring(prefix.length()), t.partitions()),
                        t.replication(),
                        t.joined(),
                        t.configs()))
                .toList();
        try (TopicAdmin admin = TopicAdmin.connect(bootstrap, Map.of())) {
            admin.apply(admin.diff(topics), false);
        }
    }

    /** What a command printed, and its exit code. */
    public record Result(int code, String out, String err) {}

    public TopicNames names() {
        return names;
    }

    private Settings settings(String... more) throws IOException {
        List<String> overrides = new ArrayList<>(List.of(
                "triage.bootstrap.servers=" + bootstrap,
                "triage.topic.prefix=" + names.prefix(),
                "triage.application.id=" + names.prefix() + "app",
                "triage.http.port=0",
                "triage.state.dir=" + directory.resolve("state")));
        overrides.addAll(Arrays.asList(more));
        try (InputStream file = Files.newInputStream(Path.of("config/triage.properties"))) {
            return Settings.read(SettingsFile.read(file, "triage.properties"), Map.of(), overrides);
        }
    }

    /** Starts roles in this JVM, as one process would run them; {@link #stop} or {@link #close} ends them. */
    public void start(Set<Role> roles, String... more) throws IOException {
        Settings settings = settings(more);
        Application application = new Application(
                settings,
                ScorerFactory.load(settings, Optional.empty()),
                EnumSet.copyOf(roles),
                TopicCatalogue.load().queues());
        running.add(application);
        application.start();
    }

    /** Stops the application that was started last. */
    public void stop() {
        running.remove(running.size() - 1).close();
    }

    /** Runs a command on this cluster. */
    public Result triage(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", bootstrap, "--prefix", names.prefix()));
        return execute(all.toArray(String[]::new));
    }

    /** Runs a command on this cluster with lines on its standard input. */
    public Result triageOn(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            return triage(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** Runs a command. */
    public static Result execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Triage.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int code = commandLine.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    /** The file that {@code corrections export} writes. */
    public String export(String... options) throws IOException {
        Path file = directory.resolve("corrections.jsonl");
        List<String> arguments = new ArrayList<>(List.of("corrections", "export", "--out", file.toString()));
        arguments.addAll(List.of(options));
        Result result = triage(arguments.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return Files.readString(file);
    }

    /** Sends to the partition a Java client chooses. */
    public void send(String topic, @Nullable String key, @Nullable String value) {
        send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
    }

    /** Sends to a partition, as a client with another partitioner would. */
    public void send(String topic, int partition, @Nullable String key, @Nullable String value) {
        send(new ProducerRecord<>(topic, partition, bytes(key), bytes(value)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (metadata, e) -> {
            if (e != null) {
                failures.add(e);
            }
        });
    }

    /** Waits until all that was sent is acknowledged. */
    public void flush() {
        producer.flush();
        assertThat(failures).as("records that were not sent").isEmpty();
    }

    /** What the scoring role would write about a ticket. */
    public void sendScored(String id, String text, String department, String intent) {
        ObjectNode scored = JSON.createObjectNode();
        scored.putObject("ticket").put("id", id).put("text", text);
        scored.putObject("prediction").putObject("department").put("label", department);
        scored.withObject("/prediction").putObject("intent").put("label", intent);
        scored.putObject("model").put("version", "m1");
        send(names.scored(), id, scored.toString());
    }

    /** The value of a submission. */
    public static String submission(String id, String head, String label, String by, Instant at) {
        ObjectNode submission = JSON.createObjectNode();
        submission.put("ticket_id", id);
        submission.putObject("labels").put(head, label);
        return submission
                .put("submitted_by", by)
                .put("submitted_at", at.toString())
                .toString();
    }

    /** All committed records of a topic. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.newConsumer()) {
            TopicReader.readSince(consumer, topic, Instant.EPOCH, records::add);
        }
        return records;
    }

    /** The last value of each key; a tombstone removes it. Every key must be in one partition. */
    public Map<String, String> latest(String topic) {
        Map<String, String> latest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            if (record.value() == null) {
                latest.remove(new String(record.key(), UTF_8));
            } else {
                latest.put(new String(record.key(), UTF_8), new String(record.value(), UTF_8));
            }
        }
        return latest;
    }

    /** Changes settings of a topic. */
    public void alter(String topic, Map<String, String> configs) {
        alter(bootstrap, topic, configs);
    }

    static void alter(String bootstrap, String topic, Map<String, String> configs) {
        List<AlterConfigOp> operations = configs.entrySet().stream()
                .map(e -> new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), operations))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(topic + ": " + configs + " cannot be set", e);
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        running.forEach(Application::close);
        producer.close();
    }
}
