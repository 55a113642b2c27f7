package io.tickettriage.cli;

import io.tickettriage.registry.ModelRegistry;
import io.tickettriage.topics.TopicNames;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that work on {@code tickets.models}, and the registry they open. */
final class ModelsOnKafka {
    @Mixin
    private Bootstrap bootstrap;

    @Option(names = "--prefix", paramLabel = "TEXT", defaultValue = "", description = "Put before every topic's name.")
    private String prefix;

    /** Works on the registry. */
    interface Work<T> {
        T with(ModelRegistry registry) throws IOException;
    }

    /** Opens the registry for as long as {@code work} takes. */
    <T> T open(Work<T> work) throws IOException {
        Map<String, Object> config = bootstrap.consumer();
        config.put("max.partition.fetch.bytes", Bootstrap.MAX_REQUEST_BYTES);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(bootstrap.producer());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            return work.with(new ModelRegistry(producer, consumer, names().models()));
        } catch (KafkaException e) {
            throw bootstrap.unreachable(e);
        }
    }

    TopicNames names() {
        return new TopicNames(prefix, "");
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }
}
