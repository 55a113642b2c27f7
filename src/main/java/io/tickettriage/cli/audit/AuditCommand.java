package io.tickettriage.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage audit}: what happened to one ticket. */
@Command(
        name = "audit",
        description = {
            "Tells what happened to one ticket: each prediction with its model, queue and reasons, each correction that was "
                    + "submitted, and the example they became.",
            "",
            "It reads tickets.scored, the queues, the dead-letter topic and both topics of corrections from one end to the "
                    + "other, committed records only; what their retention has removed is not told. --since reads less. "
                    + "Whether a submission is valid is judged by today's taxonomy."
        },
        footer = {"", "Example:", "  triage audit T-1 --bootstrap localhost:9092"})
public final class AuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Parameters(paramLabel = "ID", description = "The ticket's id; of a text without one, text-… as submit prints it.")
    private String id;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1970-01-01T00:00:00Z",
            description = "Read only what came at or after this time, such as 2026-11-20T10:00:00Z.")
    private Instant since;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        TopicNames names = cluster.names();
        cluster.requireTopics(names, List.of(names.scored()));
        CorrectionDecoder decoder = new CorrectionDecoder(cluster.taxonomy(), cluster.maxTicketBytes());
        AuditTrail trail;
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.newConsumer()) {
            trail = AuditTrail.read(consumer, names, TopicCatalogue.load().queues(), decoder, id, since);
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
        if (trail.isEmpty()) {
            throw new CommandFailedException("nothing is known about ticket \"" + TerminalText.of(id, 100) + "\" in "
                    + names.scored() + ", the queues, " + names.dlq() + ", " + names.correctionsSubmitted() + " and "
                    + names.corrections() + "; a ticket that was sent without an id has the record's key as its id, or "
                    + names.raw() + "-<partition>-<offset>");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(trail));
        } else {
            new AuditPage(out, trail).print();
        }
        out.flush();
        return 0;
    }

    private static ObjectNode toJson(AuditTrail trail) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("id", trail.id());
        List<AuditTrail.Entry> scored = trail.scored();
        JsonNode ticket = scored.isEmpty()
                ? JsonNodeFactory.instance.nullNode()
                : scored.get(scored.size() - 1).json().path("ticket");
        root.set("ticket", ticket);
        root.putArray("predictions");
        for (AuditTrail.Entry entry : scored) {
            ObjectNode node = at(root.withArray("predictions").addObject(), entry);
            node.set("model_version", entry.json().at("/model/version"));
            if (entry.json().path("routing") instanceof ObjectNode routing) {
                node.setAll(routing);
            }
            node.set("prediction", entry.json().path("prediction"));
        }
        root.putArray("queued");
        trail.queued().forEach(entry -> at(root.withArray("queued").addObject(), entry));
        root.putArray("rejected");
        trail.rejected().forEach(entry -> at(root.withArray("rejected").addObject(), entry)
                .put("reason", entry.reason().orElse("")));
        root.putArray("submissions");
        for (AuditTrail.Submission submission : trail.submissions()) {
            ObjectNode node = at(root.withArray("submissions").addObject(), submission.entry());
            boolean rejected = submission.decoded() instanceof RejectedCorrection;
            node.put("status", rejected ? "rejected" : "valid");
            if (submission.decoded() instanceof RejectedCorrection r) {
                node.put("reason", r.reason().name()).put("detail", r.detail());
            }
            node.set("submission", submission.entry().json());
        }
        root.put("taken_back", trail.isTakenBack());
        root.set("example", trail.example().map(AuditTrail.Entry::json).orElse(JsonNodeFactory.instance.nullNode()));
        return root;
    }

    private static ObjectNode at(ObjectNode node, AuditTrail.Entry entry) {
        return node.put("at", entry.at().toString()).put("record", entry.place());
    }
}
