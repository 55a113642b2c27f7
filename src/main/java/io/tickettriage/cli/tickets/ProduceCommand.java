package io.tickettriage.cli.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.format.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage produce}: sends tickets. */
@Command(
        name = "produce",
        description =
                "Sends tickets to a topic: each line is one record, as it is. The key is the line's \"id\", if it has one.",
        footer = {
            "%nExamples:",
            "  triage produce tickets.jsonl",
            "  echo 'where is my refund?' | triage produce --text -"
        })
public final class ProduceCommand extends TriageCommand {
    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", description = "The topic to send to (default: tickets.raw, after the prefix).")
    private @Nullable String topic;

    @Option(names = "--text", description = "Lines are plain text, not JSON: each becomes {\"text\": line}.")
    private boolean text;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "JSON Lines, or - (default) for standard input.")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        String target = topic == null ? cluster.names().raw() : topic;
        try (BufferedReader in = open()) {
            long sent = cluster.withSender(sender ->
                    in.lines().filter(line -> !line.isBlank()).forEach(line -> sender.send(record(target, line))));
            err().println("sent " + sent + " records to " + target);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
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

    private ProducerRecord<byte[], byte[]> record(String target, String line) {
        if (text) {
            return new ProducerRecord<>(target, Json.bytes(Map.of("text", line)));
        }
        return new ProducerRecord<>(target, key(line), line.getBytes(UTF_8));
    }

    /** The line's id; a line that is no JSON is sent all the same, for the application to reject with its reason. */
    private static byte @Nullable [] key(String line) {
        try {
            JsonNode id = Json.tree(line).path("id");
            return id.isValueNode() && !id.isNull() ? id.asText().getBytes(UTF_8) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
