package io.tickettriage.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.registry.PublishedModels;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Header;

/** How often the challenger agrees with the active model, and tickets where it does not: what {@code model compare} prints. */
record Comparison(
        String shadow, @JsonIgnore Instant since, long tickets, Map<String, Agreement> heads, List<JsonNode> examples)
        implements Report {
    /** The agreement about one head, or about the queue. */
    record Agreement(long differ, double agreement) {}

    /** Counts what was scored since the challenger was published. */
    static Comparison read(Cluster cluster, PublishedModels.Published challenger, int examples) throws IOException {
        String version = challenger.version();
        Instant since = challenger.publishedAt();
        Map<String, Long> differences = new TreeMap<>();
        List<JsonNode> tickets = new ArrayList<>();
        AtomicLong compared = new AtomicLong();
        cluster.withConsumer(consumer -> {
            TopicReader.readSince(consumer, cluster.names().shadow(), since, record -> {
                JsonNode ticket = parse(record.value());
                if (!ticket.at("/shadow/model_version").asText().equals(version)) {
                    return;
                }
                ticket.path("heads").forEach(head -> differences.merge(head.asText(), 1L, Long::sum));
                if (!ticket.at("/active/queue").equals(ticket.at("/shadow/queue"))) {
                    differences.merge("queue", 1L, Long::sum);
                }
                if (tickets.size() < examples) {
                    tickets.add(ticket);
                }
            });
            TopicReader.readSince(consumer, cluster.names().scored(), since, record -> {
                Header scoredBy = record.headers().lastHeader(HeaderNames.MODEL_VERSION);
                if (scoredBy != null && !new String(scoredBy.value(), UTF_8).equals(version)) {
                    compared.incrementAndGet();
                }
            });
            return compared;
        });
        Map<String, Agreement> heads = new TreeMap<>();
        long n = compared.get();
        differences.forEach((head, differ) -> heads.put(head, new Agreement(differ, agreement(differ, n) / 100)));
        return new Comparison(version, since, n, heads, tickets);
    }

    private static double agreement(long differ, long compared) {
        return compared == 0 ? 100 : 100.0 * (compared - differ) / compared;
    }

    private static JsonNode parse(byte[] value) {
        try {
            return Json.tree(value);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
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
            print(page, ticket.path("ticket_id").asText(), ticket, "/queue");
            for (JsonNode head : ticket.path("heads")) {
                print(page, "  " + head.asText(), ticket, "/prediction/" + head.asText() + "/label");
            }
        }
    }

    private static void print(Page page, String what, JsonNode ticket, String path) {
        String active = ticket.at("/active" + path).asText();
        page.line("%s: %s -> %s", what, active, ticket.at("/shadow" + path).asText());
    }
}
