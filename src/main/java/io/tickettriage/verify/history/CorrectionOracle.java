package io.tickettriage.verify.history;

import static io.tickettriage.verify.history.Violation.Kind.CORRECTION_DIFFERS;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Json;
import io.tickettriage.message.CorrectionSubmission;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the examples must be, from all submissions and scored tickets at once: the labels submitted after the last retraction,
 * of each head the latest. It shares nothing with the code that works them out record by record.
 */
final class CorrectionOracle {
    private static final Set<String> NOT_FACTS = Set.of("id", "text", "metadata");

    private final Map<String, List<CorrectionSubmission>> submissions = new HashMap<>();
    private final Findings findings;

    CorrectionOracle(Findings findings) {
        this.findings = findings;
    }

    void submitted(CorrectionSubmission submission) {
        submissions
                .computeIfAbsent(submission.ticketId(), id -> new ArrayList<>())
                .add(submission);
    }

    /** Compares the last example of each ticket with what it must be. */
    void compare(History history) {
        // As bytes: as trees they would take ten times the memory, and a long history has many.
        Map<String, byte[]> tickets = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> scored : history.scored()) {
            String id = new String(scored.key(), UTF_8);
            if (submissions.containsKey(id)) {
                tickets.put(id, scored.value());
            }
        }
        Map<String, Optional<byte[]>> examples = history.examples();
        TreeSet<String> ids = new TreeSet<>(submissions.keySet());
        ids.addAll(examples.keySet());
        for (String id : ids) {
            Optional<JsonNode> expected =
                    expected(id, Optional.ofNullable(tickets.get(id)).map(CorrectionOracle::tree));
            Optional<JsonNode> found =
                    examples.getOrDefault(id, Optional.empty()).map(CorrectionOracle::tree);
            if (!expected.equals(found)) {
                findings.add(CORRECTION_DIFFERS, id, "is " + text(found) + ", must be " + text(expected));
            }
        }
    }

    private Optional<JsonNode> expected(String id, Optional<JsonNode> scored) {
        List<CorrectionSubmission> all = submissions.getOrDefault(id, List.of());
        Instant retracted = all.stream()
                .filter(submission -> submission.labels().isEmpty())
                .map(CorrectionSubmission::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        ObjectNode labels = Json.MAPPER.createObjectNode();
        ObjectNode corrected = Json.MAPPER.createObjectNode();
        all.stream()
                .filter(submission -> submission.at().isAfter(retracted))
                .sorted(Comparator.comparing(CorrectionSubmission::at))
                .forEach(submission -> submission.labels().orElseThrow().forEach((head, label) -> {
                    labels.put(head, label);
                    corrected
                            .putObject(head)
                            .put("by", submission.by())
                            .put("at", submission.at().toString());
                }));
        return scored.filter(ticket -> !labels.isEmpty()).map(ticket -> example(id, labels, corrected, ticket));
    }

    private static JsonNode example(String id, ObjectNode labels, ObjectNode corrected, JsonNode scored) {
        ObjectNode example = Json.MAPPER.createObjectNode();
        example.put("id", id);
        example.set("text", scored.at("/ticket/text"));
        example.setAll(labels);
        example.set("corrected", corrected);
        ObjectNode predicted = example.putObject("predicted");
        scored.path("prediction")
                .properties()
                .forEach(answer ->
                        predicted.set(answer.getKey(), answer.getValue().path("label")));
        example.set("metadata", metadata(scored.path("ticket")));
        example.set("model_version", scored.at("/model/version"));
        return example;
    }

    /** Facts about a ticket stand in it or in its {@code metadata}; an example has them as texts, in the order of names. */
    private static ObjectNode metadata(JsonNode ticket) {
        ObjectNode facts = Json.MAPPER.createObjectNode();
        Stream.concat(
                        ticket.properties().stream().filter(field -> !NOT_FACTS.contains(field.getKey())),
                        ticket.path("metadata").properties().stream())
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        return facts;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            return Json.MAPPER.getNodeFactory().textNode("not JSON: " + e.getMessage());
        }
    }

    private static String text(Optional<JsonNode> example) {
        return example.map(JsonNode::toString).orElse("none");
    }
}
