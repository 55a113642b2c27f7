package io.tickettriage.cli.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage produce}: sends tickets. */
@Command(
        name = "produce",
        description =
                "Sends tickets to a topic: each line is one record, as it is. The key is the line's \"id\", if it has one.",
        footer = {
            "",
            "Examples:",
            "  triage produce tickets.jsonl",
            "  echo 'where is my refund?' | triage produce --text -"
        })
public final class ProduceCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", description = "The topic to send to (default: tickets.raw, after the prefix).")
    private @Nullable String topic;

    @Option(names = "--text", description = "Lines are plain text, not JSON: each becomes {\"text\": line}.")
    private boolean text;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "JSON Lines, or - for standard input (the default).")
    private String file;

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        String target = topic == null ? cluster.names().raw() : topic;
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long sent = 0;
        try (BufferedReader lines = open();
                KafkaProducer<byte[], byte[]> producer = cluster.newProducer()) {
            for (String line = lines.readLine(); line != null && failure.get() == null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                Future<RecordMetadata> unused =
                        producer.send(record(target, line), (metadata, e) -> failure.compareAndSet(null, e));
                sent++;
            }
            producer.flush();
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(
                    "not all lines were sent to " + target + ": " + failed.getMessage(), failed);
        }
        spec.commandLine().getErr().println("sent " + sent + " records to " + target);
        return 0;
    }

    private BufferedReader open() throws IOException {
        if (file.equals("-")) {
            return new BufferedReader(new InputStreamReader(System.in, UTF_8));
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new CommandFailedException("cannot read " + path + "; - reads standard input");
        }
        return Files.newBufferedReader(path, UTF_8);
    }

    private ProducerRecord<byte[], byte[]> record(String target, String line) throws IOException {
        if (text) {
            return new ProducerRecord<>(
                    target, JSON.writeValueAsBytes(JSON.createObjectNode().put("text", line)));
        }
        return new ProducerRecord<>(target, key(line), line.getBytes(UTF_8));
    }

    /** The line's id; a line that is no JSON is sent all the same: what becomes of it is not this command's business. */
    private static byte @Nullable [] key(String line) {
        try {
            JsonNode id = JSON.readTree(line).path("id");
            return id.isValueNode() && !id.isNull() ? id.asText().getBytes(UTF_8) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
