package io.tickettriage.verify.history;

import static io.tickettriage.verify.history.Violation.Kind.MISPLACED;
import static io.tickettriage.verify.history.Violation.Kind.NOT_REPRODUCIBLE;
import static io.tickettriage.verify.history.Violation.Kind.REORDERED;
import static io.tickettriage.verify.history.Violation.Kind.SCORED_DIFFERS;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.SourcePosition;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Judges what the scoring role has written about tickets. */
final class TicketOutputs {
    private static final ObjectReader ONE_FIELD =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Oracle oracle;
    private final Findings findings;

    TicketOutputs(Oracle oracle, Findings findings) {
        this.oracle = oracle;
        this.findings = findings;
    }

    /** Compares the outputs of one input with each other and with what its model makes of it. */
    void compare(
            ConsumerRecord<byte[], byte[]> input,
            List<ConsumerRecord<byte[], byte[]>> queued,
            List<ConsumerRecord<byte[], byte[]>> scored) {
        String where = SourcePosition.of(input).toString();
        if (queued.size() != scored.size()) {
            findings.add(
                    SCORED_DIFFERS, where, scored.size() + " on the topic of all, " + queued.size() + " in queues");
        }
        for (int i = 0; i < Math.min(queued.size(), scored.size()); i++) {
            if (!Arrays.equals(queued.get(i).value(), scored.get(i).value())
                    || !Arrays.equals(queued.get(i).key(), scored.get(i).key())) {
                findings.add(SCORED_DIFFERS, where, "other bytes than in the queue");
            }
        }
        queued.forEach(output -> {
            requireOwnQueue(output);
            requireReproducible(where, input, output);
        });
    }

    private void requireOwnQueue(ConsumerRecord<byte[], byte[]> output) {
        String queue = queue(output);
        if (!output.topic().endsWith(".queue." + queue)
                || !HeaderNames.text(output.headers(), HeaderNames.QUEUE).equals(queue)) {
            findings.add(MISPLACED, SourcePosition.of(output).toString(), "its routing names " + queue);
        }
    }

    /** The queue that a value names. The ticket in it is passed by: its numbers need not be ones that a tree can hold. */
    private static String queue(ConsumerRecord<byte[], byte[]> output) {
        try (JsonParser parser = Json.MAPPER.createParser(output.value())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isRouting = parser.currentName().equals("routing");
                parser.nextToken();
                if (isRouting) {
                    return ONE_FIELD.<JsonNode>readTree(parser).path("queue").asText("nothing");
                }
                parser.skipChildren();
            }
            return "nothing";
        } catch (IOException e) {
            return "nothing: " + e.getMessage();
        }
    }

    private void requireReproducible(
            String where, ConsumerRecord<byte[], byte[]> input, ConsumerRecord<byte[], byte[]> output) {
        String version = HeaderNames.text(output.headers(), HeaderNames.MODEL_VERSION);
        Optional<Oracle.Expected> expected = oracle.ticket(input, version);
        boolean same = expected.isPresent()
                && expected.get() instanceof Oracle.Routed routed
                && Arrays.equals(routed.value(), output.value());
        if (!same) {
            findings.add(NOT_REPRODUCIBLE, where, "model " + version + " does not give " + SourcePosition.of(output));
        }
    }

    /** Requires of each ticket's records that their order is that of their inputs, in each topic. */
    void requireOrder(History history) {
        Map<String, ConsumerRecord<byte[], byte[]>> inputs = new HashMap<>();
        history.raw().forEach(input -> inputs.putIfAbsent(History.id(input), input));
        Map<String, Long> lastOffsets = new HashMap<>();
        Stream.of(history.queued(), history.scored())
                .flatMap(Collection::stream)
                .forEach(output -> {
                    ConsumerRecord<byte[], byte[]> input = inputs.get(History.id(output));
                    if (input == null || output.key() == null) {
                        return;
                    }
                    String ticket = output.topic() + " " + new String(output.key(), UTF_8);
                    Long last = lastOffsets.put(ticket + " of " + input.partition(), input.offset());
                    if (last != null && last > input.offset()) {
                        findings.add(
                                REORDERED,
                                SourcePosition.of(output).toString(),
                                "offset " + input.offset() + " after " + last + ": " + ticket);
                    }
                });
    }
}
