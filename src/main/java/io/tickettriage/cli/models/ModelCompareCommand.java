package io.tickettriage.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.registry.ModelRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code triage model compare}: how often the challenger agrees with the active model. */
@Command(
        name = "compare",
        description = {
            "Compares the model in the shadow with the active one, over the tickets scored since it was published.",
            "",
            "Shows the agreement of each head and of the queue, and tickets about which the two disagree. With a sample below "
                    + "100 (triage.shadow.sample.percent), the differences are those of the sample."
        },
        footer = {"", "Example:", "  triage model compare --bootstrap localhost:9092 --examples 20"})
final class ModelCompareCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "queue";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelsOnKafka models;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many tickets to show (${DEFAULT-VALUE}).")
    private int examples;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What was counted. */
    private static final class Tally {
        private long compared;
        private final Map<String, Long> disputes = new TreeMap<>();
        private final List<JsonNode> tickets = new ArrayList<>();
    }

    @Override
    public Integer call() throws IOException {
        ModelRegistry.Published challenger = models.open(registry -> registry.list().stream()
                .filter(ModelRegistry.Published::shadow)
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        "no model is in the shadow; triage model publish --shadow FILE puts one there")));
        Tally tally = tally(challenger);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(challenger, tally));
        } else {
            print(out, challenger, tally);
        }
        out.flush();
        return 0;
    }

    private Tally tally(ModelRegistry.Published challenger) throws IOException {
        Cluster cluster = models.cluster();
        Tally tally = new Tally();
        Instant since = Instant.ofEpochMilli(challenger.publishedAt());
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.newConsumer()) {
            TopicReader.readSince(consumer, cluster.names().shadow(), since, record -> {
                JsonNode comparison = parse(record);
                if (comparison.at("/shadow/model_version").asText().equals(challenger.version())) {
                    count(tally, comparison);
                }
            });
            TopicReader.readSince(consumer, cluster.names().scored(), since, record -> {
                Header version = record.headers().lastHeader("triage-model-version");
                boolean compared = version != null && !new String(version.value(), UTF_8).equals(challenger.version());
                tally.compared += compared ? 1 : 0;
            });
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
        return tally;
    }

    private void count(Tally tally, JsonNode comparison) {
        comparison.path("heads").forEach(head -> tally.disputes.merge(head.asText(), 1L, Long::sum));
        if (!comparison.at("/active/queue").equals(comparison.at("/shadow/queue"))) {
            tally.disputes.merge(QUEUE, 1L, Long::sum);
        }
        if (tally.tickets.size() < examples) {
            tally.tickets.add(comparison);
        }
    }

    private static void print(PrintWriter out, ModelRegistry.Published challenger, Tally tally) {
        out.printf(
                Locale.ROOT,
                "%s in the shadow since %s: %d tickets%n%n",
                challenger.version(),
                Instant.ofEpochMilli(challenger.publishedAt()),
                tally.compared);
        tally.disputes.forEach((head, n) ->
                out.printf(Locale.ROOT, "%-16s %6.2f %% agree, %d differ%n", head, agreement(n, tally.compared), n));
        if (tally.disputes.isEmpty()) {
            out.println("The two agree about everything.");
        }
        for (JsonNode ticket : tally.tickets) {
            out.printf(
                    Locale.ROOT,
                    "%n%s: %s -> %s%n",
                    ticket.path("ticket_id").asText(),
                    ticket.at("/active/queue").asText(),
                    ticket.at("/shadow/queue").asText());
            for (JsonNode head : ticket.path("heads")) {
                out.printf(
                        Locale.ROOT,
                        "  %-14s %s -> %s%n",
                        head.asText(),
                        ticket.at("/active/prediction/" + head.asText() + "/label")
                                .asText(),
                        ticket.at("/shadow/prediction/" + head.asText() + "/label")
                                .asText());
            }
        }
    }

    private static ObjectNode toJson(ModelRegistry.Published challenger, Tally tally) {
        ObjectNode root = JSON.createObjectNode();
        root.put("shadow", challenger.version());
        root.put("tickets", tally.compared);
        ObjectNode heads = root.putObject("heads");
        tally.disputes.forEach((head, n) ->
                heads.putObject(head).put("differ", n).put("agreement", agreement(n, tally.compared) / 100));
        root.putArray("examples").addAll(tally.tickets);
        return root;
    }

    private static double agreement(long differ, long compared) {
        return compared == 0 ? 100 : 100.0 * (compared - differ) / compared;
    }

    private static JsonNode parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(new String(record.value(), UTF_8));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
