package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The promise of the project: whatever happens to the process, a committed reader sees every ticket exactly once. */
class ExactlyOnceIT {
    private static final int KILLS = 5;
    private static final int BATCH = 2_000;
    /** Many tickets share a key, so that order within a key can be seen to hold. */
    private static final int KEYS = 50;

    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldDeliverEveryTicketExactlyOnceAndInOrderWhenKilledFiveTimesUnderLoad() throws Exception {
        TopicNames names = RunningTriage.createTopics(broker);
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        int sent = 0;
        Map<Integer, Integer> seen = new HashMap<>();
        Map<String, Integer> lastPerKeyAndTopic = new HashMap<>();
        List<String> disorder = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = newProducer();
                KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
            consumer.subscribe(Pattern.compile(Pattern.quote(broker.prefix()) + "tickets\\.(queue\\..+|dlq)"));
            for (int round = 0; round <= KILLS; round++) {
                try (RunningTriage application = RunningTriage.start(broker, directory, "scoring")) {
                    int before = seen.size();
                    sent = send(producer, names.raw(), sent, BATCH);
                    if (round < KILLS) {
                        int enough = 1 + random.nextInt(BATCH / 2);
                        await().atMost(Duration.ofSeconds(90)).until(() -> {
                            read(consumer, seen, lastPerKeyAndTopic, disorder);
                            assertThat(application.process().isAlive()).isTrue();
                            return seen.size() >= before + enough;
                        });
                        application.process().kill();
                    } else {
                        int all = sent;
                        await().atMost(Duration.ofMinutes(2)).until(() -> {
                            read(consumer, seen, lastPerKeyAndTopic, disorder);
                            return seen.size() == all;
                        });
                        assertThat(application.process().terminate()).isEqualTo(143);
                    }
                }
            }
            // Whatever a killed instance left behind would be committed or aborted by now, and seen here.
            read(consumer, seen, lastPerKeyAndTopic, disorder);
        }

        assertThat(seen).as("tickets seen, seed %d", seed).hasSize(sent);
        assertThat(seen.values()).as("how often each was seen, seed %d", seed).containsOnly(1);
        assertThat(disorder)
                .as("tickets out of order within their key, seed %d", seed)
                .isEmpty();
    }

    /** Sends tickets {@code from} to {@code from + n − 1}; every twentieth is none. */
    private static int send(KafkaProducer<byte[], byte[]> producer, String topic, int from, int n) {
        for (int i = from; i < from + n; i++) {
            String value = i % 20 == 0 ? "{\"broken\":" : "{\"text\":\"where is my refund\"}";
            var unused = producer.send(new ProducerRecord<>(
                    topic,
                    null,
                    ("key-" + i % KEYS).getBytes(UTF_8),
                    value.getBytes(UTF_8),
                    Set.of(new RecordHeader("n", Integer.toString(i).getBytes(UTF_8)))));
        }
        producer.flush();
        return from + n;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<Integer, Integer> seen,
            Map<String, Integer> lastPerKeyAndTopic,
            List<String> disorder) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            int n = Integer.parseInt(new String(record.headers().lastHeader("n").value(), UTF_8));
            seen.merge(n, 1, Integer::sum);
            Integer last = lastPerKeyAndTopic.put(record.topic() + new String(record.key(), UTF_8), n);
            if (last != null && last >= n) {
                disorder.add(record.topic() + ": " + n + " after " + last);
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "group.id",
                        broker.prefix() + "reader",
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed",
                        "metadata.max.age.ms",
                        "1000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
