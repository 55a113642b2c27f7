package io.tickettriage.config;

import static java.util.Map.entry;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where Kafka is, and the properties that pass through to its clients: with the prefix {@code kafka.} to every client, with
 * {@code kafka.producer.}, {@code kafka.consumer.} and {@code kafka.streams.} to that kind.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param passThrough by their names with prefix
 */
public record KafkaClientsConfig(
        @Setting(
                name = KafkaClientsConfig.BOOTSTRAP_SERVERS,
                value = "localhost:9092",
                pattern = "[^\\s,]+:\\d{1,5}(\\s*,\\s*[^\\s,]+:\\d{1,5})*",
                expected = "host:port, several separated by commas")
        String bootstrapServers,

        SortedMap<String, String> passThrough) {
    public static final String BOOTSTRAP_SERVERS = "triage.bootstrap.servers";
    static final String PREFIX = "kafka.";
    private static final String PRODUCER = "kafka.producer.";
    private static final String CONSUMER = "kafka.consumer.";
    private static final String STREAMS = "kafka.streams.";

    /** Properties that differ from Kafka's own defaults, unless the user sets them; config/triage.properties says why. */
    static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("kafka.producer.linger.ms", "5"),
            entry("kafka.producer.batch.size", "131072"),
            entry("kafka.producer.compression.type", "lz4"),
            entry("kafka.producer.max.request.size", "4194304"),
            entry("kafka.producer.transaction.timeout.ms", "5000"),
            entry("kafka.consumer.session.timeout.ms", "6000"),
            entry("kafka.consumer.heartbeat.interval.ms", "1500"),
            entry("kafka.consumer.isolation.level", "read_committed"),
            entry("kafka.streams.ensure.explicit.internal.resource.naming", "true"),
            entry("kafka.streams.processing.exception.handler.global.enabled", "true"));

    /** Properties that the program sets itself → what to set instead. Setting one is an error, never silence. */
    static final Map<String, String> NOT_READ = Map.ofEntries(
            entry("kafka.bootstrap.servers", BOOTSTRAP_SERVERS),
            entry("kafka.producer.bootstrap.servers", BOOTSTRAP_SERVERS),
            entry("kafka.consumer.bootstrap.servers", BOOTSTRAP_SERVERS),
            entry("kafka.streams.bootstrap.servers", BOOTSTRAP_SERVERS),
            entry("kafka.streams.application.id", "triage.application.id"),
            entry("kafka.streams.processing.guarantee", "triage.processing.guarantee"),
            entry("kafka.streams.num.stream.threads", "triage.stream.threads"),
            entry("kafka.streams.commit.interval.ms", "triage.commit.interval"),
            entry("kafka.streams.state.dir", "triage.state.dir"),
            entry("kafka.streams.group.protocol", "triage.group.protocol"),
            entry(
                    "kafka.streams.errors.dead.letter.queue.topic.name",
                    "triage.dlq.suffix; the topology itself sends rejected records to the dead-letter topic"));

    /** Properties for an admin client, bootstrap servers included. */
    public SortedMap<String, String> admin() {
        SortedMap<String, String> config = new TreeMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        passThrough.forEach((name, value) -> {
            if (!name.startsWith(PRODUCER) && !name.startsWith(CONSUMER) && !name.startsWith(STREAMS)) {
                config.put(name.substring(PREFIX.length()), value);
            }
        });
        return config;
    }

    /** Properties for a producer, without serializers. */
    public SortedMap<String, String> producer() {
        return with(admin(), PRODUCER, "");
    }

    /** Properties for a consumer, without deserializers and group. */
    public SortedMap<String, String> consumer() {
        return with(admin(), CONSUMER, "");
    }

    /** Properties for Kafka Streams, those of its clients under Kafka Streams' own prefixes. */
    SortedMap<String, String> streams() {
        return with(with(with(admin(), PRODUCER, "producer."), CONSUMER, "consumer."), STREAMS, "");
    }

    private SortedMap<String, String> with(SortedMap<String, String> config, String prefix, String instead) {
        passThrough.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                config.put(instead + name.substring(prefix.length()), value);
            }
        });
        return config;
    }
}
