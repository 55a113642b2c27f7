package io.tickettriage.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.registry.ModelRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class ModelCompareCommand extends TriageCommand {
    private static final String QUEUE = "queue";

    @Mixin
    private ModelsOnKafka models;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many tickets to show (${DEFAULT-VALUE}).")
    private int examples;

    @Mixin
    private OutputFormat output;

    /** Tickets both models scored, disagreements per head, and the first of them. */
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
        output.print(Comparison.of(challenger, tally(challenger)));
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
                Header version = record.headers().lastHeader(HeaderNames.MODEL_VERSION);
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

    /** What {@code model compare} prints. */
    private record Comparison(
            String shadow,
            @JsonIgnore Instant since,
            long tickets,
            Map<String, Agreement> heads,
            List<JsonNode> examples)
            implements Report {

        /** The agreement about one head, or about the queue. */
        record Agreement(long differ, double agreement) {}

        static Comparison of(ModelRegistry.Published challenger, Tally tally) {
            Map<String, Agreement> heads = new TreeMap<>();
            tally.disputes.forEach((head, n) -> heads.put(head, new Agreement(n, agreement(n, tally.compared) / 100)));
            return new Comparison(
                    challenger.version(),
                    Instant.ofEpochMilli(challenger.publishedAt()),
                    tally.compared,
                    heads,
                    tally.tickets);
        }

        private static double agreement(long differ, long compared) {
            return compared == 0 ? 100 : 100.0 * (compared - differ) / compared;
        }

        @Override
        public void print(Page page) {
            page.line("%s in the shadow since %s: %d tickets", shadow, since, tickets);
            page.line();
            if (heads.isEmpty()) {
                page.line("The two agree about everything.");
            } else {
                Page.Table table = page.table("head", "agree", "differ");
                heads.forEach((head, a) ->
                        table.row(head, String.format(Locale.ROOT, "%.2f %%", 100 * a.agreement()), a.differ()));
                table.print();
            }
            for (JsonNode ticket : examples) {
                page.line();
                page.line(
                        "%s: %s -> %s",
                        ticket.path("ticket_id").asText(),
                        ticket.at("/active/queue").asText(),
                        ticket.at("/shadow/queue").asText());
                for (JsonNode head : ticket.path("heads")) {
                    String label = "/prediction/" + head.asText() + "/label";
                    page.line(
                            "  %s: %s -> %s",
                            head.asText(),
                            ticket.at("/active" + label).asText(),
                            ticket.at("/shadow" + label).asText());
                }
            }
        }
    }

    private static JsonNode parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Json.MAPPER.readTree(record.value());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
