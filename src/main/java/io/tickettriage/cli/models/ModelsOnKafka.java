package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.registry.ModelRegistry;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The options of commands that work on {@code tickets.models}, and the registry they open. */
final class ModelsOnKafka {
    @Mixin
    private KafkaOptions kafka;

    /** Opens the registry for as long as {@code work} takes. */
    <T> T open(Cluster.Work<ModelRegistry, T> work) throws IOException {
        Cluster cluster = cluster();
        String topic = cluster.names().models();
        return cluster.withProducer(
                Map.of("max.request.size", SizeLimits.MODEL_BYTES),
                producer -> cluster.withConsumer(
                        Map.of("max.partition.fetch.bytes", SizeLimits.MODEL_BYTES),
                        consumer -> work.with(new ModelRegistry(producer, consumer, topic))));
    }

    Cluster cluster() throws IOException {
        return kafka.cluster();
    }
}
