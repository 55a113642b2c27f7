package io.tickettriage.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.registry.ModelRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Publishes models: good ones, as an operator does, and things that are none, with the pointer set on them. */
final class ModelSwaps {
    private final Clients clients;
    private final String topic;
    private final ModelVariants variants;
    private final Random random;
    private int hostile;

    ModelSwaps(Clients clients, String topic, ModelVariants variants, long seed) {
        this.clients = clients;
        this.topic = topic;
        this.variants = variants;
        this.random = new Random(seed);
    }

    /** Makes a variant the active model. */
    void activate(int variant) {
        ModelVariants.Variant chosen = variants.published().get(variant);
        try (KafkaProducer<byte[], byte[]> producer = clients.newProducer(
                        Map.of("transactional.id", ModelRegistry.transactionalId(TopicNames.PLAIN)));
                KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer()) {
            new ModelRegistry(producer, consumer, topic).publish(chosen.version(), chosen.artifact(), false);
        }
    }

    /** Writes what is no model, and points {@code active} at it. */
    List<ProducerRecord<byte[], byte[]>> hostile() {
        byte[] artifact = variants.published().get(0).artifact();
        String name = "hostile-" + hostile++;
        byte[] pointer = name.getBytes(UTF_8);
        return switch (random.nextInt(6)) {
            case 0 -> List.of(record(name, Arrays.copyOf(artifact, artifact.length / 2)), record("active", pointer));
            case 1 -> List.of(record(name, unsigned(artifact)), record("active", pointer));
            case 2 -> List.of(record(name, new byte[1_000]), record("active", pointer));
            case 3 -> List.of(record(name, "{}".getBytes(UTF_8)), record("active", pointer));
            case 4 -> List.of(record("active", "no such model\n\u001b[31m".getBytes(UTF_8)));
            default -> List.of(record(name, null), record("active", new byte[] {0, -1, -2}));
        };
    }

    /** One weight is another than the checksum says. */
    private static byte[] unsigned(byte[] artifact) {
        byte[] changed = artifact.clone();
        int middle = changed.length / 2;
        changed[middle] = (byte) (changed[middle] == 'A' ? 'B' : 'A');
        return changed;
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value);
    }
}
