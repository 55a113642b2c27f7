package io.tickettriage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An hour of tickets, as a desk would have seen them: what one cluster's scoring role wrote a moment ago is written to
 * another's topics as if it had been written during the last hour. People have judged some of them.
 */
public final class PastHour {
    private static final Duration LENGTH = Duration.ofMinutes(58);
    private static final int COPIES = 4;
    private static final List<String> PEOPLE = List.of("ann", "bob", "chen");

    private final TestCluster from;
    private final TestCluster to;
    private final Instant end = Instant.now();

    private PastHour(TestCluster from, TestCluster to) {
        this.from = from;
        this.to = to;
    }

    /** Writes it; {@code first} is the ticket that has waited longest. */
    public static void write(TestCluster from, TestCluster to, String bootstrap, String first) throws Exception {
        new PastHour(from, to).write(bootstrap, first);
    }

    private void write(String bootstrap, String first) throws Exception {
        String review = to.names().queue("review");
        for (String topic : List.of(to.names().scored(), review)) {
            // The program has looked at its topics and runs; from now on records may say when they are from.
            to.alter(topic, Map.of("message.timestamp.type", "CreateTime"));
        }
        List<ConsumerRecord<byte[], byte[]>> scored = from.records(from.names().scored());
        Set<String> doubtful = new HashSet<>();
        List<ConsumerRecord<byte[], byte[]>> queued = from.records(from.names().queue("review"));
        queued.sort(Comparator.comparing(record -> !key(record).equals(first)));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < queued.size(); i++) {
                doubtful.add(key(queued.get(i)));
                long waiting = LENGTH.toMillis() / 3 * (queued.size() - i) / queued.size();
                send(producer, review, queued.get(i), key(queued.get(i)), end.minusMillis(waiting));
            }
            for (int copy = 0; copy < COPIES; copy++) {
                for (int i = 0; i < scored.size(); i++) {
                    String key = key(scored.get(i));
                    boolean isNew = copy == 0 || !doubtful.contains(key);
                    if (isNew) {
                        String id = copy == 0 ? key : key + "-" + copy;
                        send(
                                producer,
                                to.names().scored(),
                                scored.get(i),
                                id,
                                at(copy * scored.size() + i, scored.size()));
                    }
                }
            }
        }
        judge(scored, doubtful);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    /** Spread over the hour, more at some times than at others. */
    private Instant at(int i, int tickets) {
        double share = (double) i / (COPIES * tickets);
        double wave = share + 0.04 * Math.sin(share * 20) + 0.012 * Math.sin(i * 1.7);
        return end.minusMillis((long) (LENGTH.toMillis() * Math.min(1, Math.max(0, 1 - wave))));
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            ConsumerRecord<byte[], byte[]> record,
            String id,
            Instant at) {
        var unused = producer.send(new ProducerRecord<>(
                topic, null, at.toEpochMilli(), id.getBytes(UTF_8), record.value(), record.headers()));
    }

    /** Three people say what they think of every third confident ticket; one of ten is wrong. */
    private void judge(List<ConsumerRecord<byte[], byte[]>> scored, Set<String> doubtful) throws IOException {
        int said = 0;
        for (ConsumerRecord<byte[], byte[]> record : scored) {
            String id = key(record);
            if (doubtful.contains(id) || id.hashCode() % 3 != 0) {
                continue;
            }
            JsonNode prediction = Json.tree(record.value()).path("prediction");
            String label = prediction.path("department").path("label").asText();
            String right = said % 10 == 7 ? "general" : label;
            String by = PEOPLE.get(said++ % PEOPLE.size());
            to.send(
                    to.names().correctionsSubmitted(),
                    id,
                    TestCluster.submission(id, "department", right, by, Instant.now()));
        }
        to.flush();
    }
}
