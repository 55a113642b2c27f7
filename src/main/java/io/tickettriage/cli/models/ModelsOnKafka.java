package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.registry.ModelRegistry;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;

/** The options of commands that work on {@code tickets.models}, and the registry they open. */
final class ModelsOnKafka {
    @Mixin
    private KafkaOptions kafka;

    /** What a command does with the registry. */
    interface Work<T> {
        T with(ModelRegistry registry) throws IOException;
    }

    /** Opens the registry for as long as {@code work} takes. */
    <T> T open(Work<T> work) throws IOException {
        Cluster cluster = cluster();
        try (KafkaProducer<byte[], byte[]> producer =
                        cluster.newProducer(Map.of("max.request.size", SizeLimits.MODEL_BYTES));
                KafkaConsumer<byte[], byte[]> consumer =
                        cluster.newConsumer(Map.of("max.partition.fetch.bytes", SizeLimits.MODEL_BYTES))) {
            return work.with(
                    new ModelRegistry(producer, consumer, cluster.names().models()));
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
    }

    Cluster cluster() throws IOException {
        return kafka.cluster();
    }
}
