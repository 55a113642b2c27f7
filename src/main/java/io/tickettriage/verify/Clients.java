package io.tickettriage.verify;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients of the harness, which reach the brokers as all clients do: through the links. */
record Clients(String bootstrap) {
    private static final int MAX_REQUEST_BYTES = 9 * 1024 * 1024;

    /** A producer that repeats nothing, and waits through every fault. */
    KafkaProducer<byte[], byte[]> newProducer() {
        return newProducer(Map.of());
    }

    /** The same with some settings of its own. */
    KafkaProducer<byte[], byte[]> newProducer(Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                5,
                "request.timeout.ms",
                5_000,
                "max.request.size",
                MAX_REQUEST_BYTES));
        config.putAll(own);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records, without a group, from the oldest on. */
    KafkaConsumer<byte[], byte[]> newConsumer() {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false,
                "request.timeout.ms",
                10_000));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin newAdmin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap, "request.timeout.ms", 5_000));
    }
}
