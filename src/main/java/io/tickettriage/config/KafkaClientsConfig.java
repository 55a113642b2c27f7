package io.tickettriage.config;

import static java.util.Map.entry;

import java.util.List;
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
public record KafkaClientsConfig(String bootstrapServers, SortedMap<String, String> passThrough) {
    static final String PREFIX = "kafka.";
    private static final String PRODUCER = PREFIX + "producer.";
    private static final String CONSUMER = PREFIX + "consumer.";
    private static final String STREAMS = PREFIX + "streams.";
    private static final String ADDRESS = "[^\\s,]+:\\d{1,5}";

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "triage.bootstrap.servers",
            "localhost:9092",
            "host:port, several separated by commas",
            ADDRESS + "(\\s*,\\s*" + ADDRESS + ")*",
            "Where Kafka is: host:port, several separated by commas.");

    static final List<Setting<?>> KEYS = List.of(BOOTSTRAP_SERVERS);

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

    /** Properties that the program sets itself → what to do instead. Setting one is an error, never silence. */
    static final Map<String, String> NOT_READ = Map.ofEntries(
            entry(PREFIX + "bootstrap.servers", "set triage.bootstrap.servers"),
            entry(PRODUCER + "bootstrap.servers", "set triage.bootstrap.servers"),
            entry(CONSUMER + "bootstrap.servers", "set triage.bootstrap.servers"),
            entry(STREAMS + "bootstrap.servers", "set triage.bootstrap.servers"),
            entry(STREAMS + "application.id", "set triage.application.id"),
            entry(STREAMS + "processing.guarantee", "set triage.processing.guarantee"),
            entry(STREAMS + "num.stream.threads", "set triage.stream.threads"),
            entry(STREAMS + "commit.interval.ms", "set triage.commit.interval"),
            entry(STREAMS + "state.dir", "set triage.state.dir"),
            entry(STREAMS + "group.protocol", "set triage.group.protocol"),
            entry(
                    STREAMS + "errors.dead.letter.queue.topic.name",
                    "set triage.dlq.suffix; the topology itself sends rejected records to the dead-letter topic"));

    public static KafkaClientsConfig of(Settings settings) {
        return new KafkaClientsConfig(settings.get(BOOTSTRAP_SERVERS), settings.kafka());
    }

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
