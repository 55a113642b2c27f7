package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.registry.ModelRegistry;
import io.tickettriage.registry.PublishedModels;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/** The published models of a cluster, opened for as long as a command needs them. */
record ModelsOfCluster(Cluster cluster) {
    /** An artifact may be large and the line slow. */
    private static final int TRANSACTION_TIMEOUT_MS = 60_000;

    /** What a command reads. */
    interface Reading<T> {
        T from(PublishedModels published) throws IOException;
    }

    /** What a command changes. */
    interface Change<T> {
        T on(ModelRegistry registry) throws IOException;
    }

    <T> T read(Reading<T> reading) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
            return reading.from(new PublishedModels(consumer, topic()));
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
    }

    <T> T change(Change<T> change) throws IOException {
        Map<String, Object> fenced = Map.of(
                "transactional.id",
                ModelRegistry.transactionalId(cluster.names()),
                "transaction.timeout.ms",
                TRANSACTION_TIMEOUT_MS,
                "max.request.size",
                SizeLimits.MODEL_BYTES);
        try (KafkaProducer<byte[], byte[]> producer = cluster.newProducer(fenced);
                KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
            return change.on(new ModelRegistry(producer, consumer, topic()));
        } catch (IllegalArgumentException | ModelRegistry.SupersededException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
    }

    private KafkaConsumer<byte[], byte[]> newConsumer() {
        return cluster.newConsumer(Map.of("max.partition.fetch.bytes", SizeLimits.MODEL_BYTES));
    }

    private String topic() {
        return cluster.names().models();
    }
}
