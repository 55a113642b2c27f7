package io.tickettriage.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every setting there is. What is not here, and is no Kafka client property, is an error. */
public final class SettingKeys {
    private static final String NAME = "[A-Za-z0-9._-]{1,100}";
    private static final String NAME_PART = "[A-Za-z0-9._-]{0,100}";
    private static final String NAME_CHARACTERS = "at most 100 letters, digits, '.', '_' and '-'";
    private static final String ADDRESS = "[^\\s,]+:\\d{1,5}";

    /** Where Kafka is. */
    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "triage.bootstrap.servers",
            "Where Kafka is: host:port, several separated by commas.",
            "localhost:9092",
            "host:port, several separated by commas",
            ADDRESS + "(\\s*,\\s*" + ADDRESS + ")*");

    /** What the roles' application ids begin with. */
    public static final Setting<String> APPLICATION_ID = Setting.text(
            "triage.application.id",
            "What the application ids begin with; each role appends its name, such as -scoring.",
            "ticket-triage",
            NAME_CHARACTERS,
            NAME);

    /** Put before every topic's name. */
    public static final Setting<String> TOPIC_PREFIX =
            Setting.text("triage.topic.prefix", "Put before the name of every topic.", "", NAME_CHARACTERS, NAME_PART);

    /** Put after the name of the dead-letter topic. */
    public static final Setting<String> DLQ_SUFFIX = Setting.text(
            "triage.dlq.suffix", "Put after the name of the dead-letter topic.", "", NAME_CHARACTERS, NAME_PART);

    /** Kafka Streams' processing guarantee. */
    public static final Setting<String> PROCESSING_GUARANTEE = Setting.choice(
            "triage.processing.guarantee",
            "Whether a ticket can be scored twice after a crash (at_least_once) or not (exactly_once_v2).",
            "exactly_once_v2",
            "exactly_once_v2",
            "at_least_once");

    /** Stream threads of each role. */
    public static final Setting<Integer> STREAM_THREADS = Setting.integer(
            "triage.stream.threads", "Stream threads of each role; one fills about 1.7 cores.", 1, 1, 256);

    /** How often the roles commit. */
    public static final Setting<Duration> COMMIT_INTERVAL = Setting.duration(
            "triage.commit.interval",
            "How often the roles commit; under exactly_once_v2 the latency follows it.",
            "100ms",
            Duration.ofMillis(1),
            Duration.ofMinutes(1));

    /** How many bytes a ticket may have. */
    public static final Setting<Long> MAX_TICKET_BYTES = Setting.bytes(
            "triage.max.ticket.bytes",
            "How many bytes a ticket may have, uncompressed; larger ones go to the dead-letter topic.",
            "1 MiB",
            1,
            64L << 20);

    /** Whether the output has the score of every label. */
    public static final Setting<Boolean> OUTPUT_SCORES = Setting.flag(
            "triage.output.scores",
            "Whether the output has the score of every label, not only the chosen one's.",
            true);

    /** Which tickets get an explanation. */
    public static final Setting<String> OUTPUT_EXPLANATION = Setting.choice(
            "triage.output.explanation",
            "Which tickets carry the terms that decided: all, those for review, or none.",
            "review",
            "all",
            "review",
            "none");

    /** Which tickets get texts for people. */
    public static final Setting<String> OUTPUT_HUMAN_READABLE = Setting.choice(
            "triage.output.human-readable",
            "Which tickets carry summary, triage note and reply draft: all, those for review, or none.",
            "review",
            "all",
            "review",
            "none");

    /** How many of the disputed tickets the shadow topic gets. */
    public static final Setting<Integer> SHADOW_SAMPLE = Setting.integer(
            "triage.shadow.sample.percent",
            "How many in a hundred of the tickets about which a challenger disagrees go to the shadow topic.",
            100,
            0,
            100);

    /** The routing rules. */
    public static final Setting<String> RULES_FILE = Setting.text(
            "triage.rules.file",
            "The routing rules; a relative path starts where the program is installed.",
            "config/rules.yaml",
            "a path",
            ".+");

    /** The labels. */
    public static final Setting<String> TAXONOMY_FILE = Setting.text(
            "triage.taxonomy.file",
            "The heads and labels that corrections are checked against.",
            "config/taxonomy.yaml",
            "a path",
            ".+");

    /** The model to start with. */
    public static final Setting<String> MODEL_FILE = Setting.text(
            "triage.model.file",
            "The model to score with until tickets.models names one; empty: the one in the program.",
            "",
            "a path, or nothing",
            ".*");

    /** What the HTTP server listens on. */
    public static final Setting<String> HTTP_HOST = Setting.text(
            "triage.http.host",
            "Address the HTTP server listens on; 0.0.0.0 for all of them. It asks nobody for a password.",
            "127.0.0.1",
            "an address or host name",
            "\\S+");

    /** The HTTP server's port. */
    public static final Setting<Integer> HTTP_PORT =
            Setting.integer("triage.http.port", "Port of the HTTP server; 0 for none.", 8080, 0, 65_535);

    /** How long corrections and scored tickets wait for each other. */
    public static final Setting<Duration> CORRECTIONS_RETENTION = Setting.duration(
            "triage.corrections.retention",
            "How long a correction and its ticket wait for each other.",
            "30d",
            Duration.ofSeconds(1),
            Duration.ofDays(3650));

    /** Where Kafka Streams keeps its stores. */
    public static final Setting<String> STATE_DIR = Setting.text(
            "triage.state.dir",
            "Where the roles with state keep it; it can be rebuilt from the topics.",
            "data/state",
            "a path",
            ".+");

    /** Kafka Streams' group protocol. */
    public static final Setting<String> GROUP_PROTOCOL = Setting.choice(
            "triage.group.protocol",
            "How instances share partitions: classic, or the newer streams, which refuses a changed topology.",
            "classic",
            "classic",
            "streams");

    /** All of them, in the order of the file. */
    public static final List<Setting<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            APPLICATION_ID,
            TOPIC_PREFIX,
            DLQ_SUFFIX,
            PROCESSING_GUARANTEE,
            STREAM_THREADS,
            COMMIT_INTERVAL,
            MAX_TICKET_BYTES,
            OUTPUT_SCORES,
            OUTPUT_EXPLANATION,
            OUTPUT_HUMAN_READABLE,
            SHADOW_SAMPLE,
            RULES_FILE,
            TAXONOMY_FILE,
            MODEL_FILE,
            HTTP_HOST,
            HTTP_PORT,
            CORRECTIONS_RETENTION,
            STATE_DIR,
            GROUP_PROTOCOL);

    /** Kafka client properties that differ from Kafka's own defaults, unless the user sets them. */
    public static final Map<String, String> KAFKA_DEFAULTS = kafkaDefaults();

    /** Names that are not, or no longer, read → what to do instead. Setting one is an error, never silence. */
    static final Map<String, String> NOT_READ = notRead();

    private SettingKeys() {}

    private static Map<String, String> kafkaDefaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        // With Kafka Streams' default of 100 ms the latency is ten times as long.
        defaults.put("kafka.producer.linger.ms", "5");
        defaults.put("kafka.producer.batch.size", "131072");
        defaults.put("kafka.producer.compression.type", "lz4");
        // As much as tickets.scored, the queues and the dead-letter topic take.
        defaults.put("kafka.producer.max.request.size", "4194304");
        // These three bound the pause after an instance is killed to some seconds; with Kafka's defaults it is 45.
        defaults.put("kafka.producer.transaction.timeout.ms", "5000");
        defaults.put("kafka.consumer.session.timeout.ms", "6000");
        defaults.put("kafka.consumer.heartbeat.interval.ms", "1500");
        // Under at_least_once, Kafka Streams would read what another program's transaction then takes back.
        defaults.put("kafka.consumer.isolation.level", "read_committed");
        defaults.put("kafka.streams.ensure.explicit.internal.resource.naming", "true");
        defaults.put("kafka.streams.processing.exception.handler.global.enabled", "true");
        return Map.copyOf(defaults);
    }

    private static Map<String, String> notRead() {
        Map<String, String> instead = new LinkedHashMap<>();
        for (String prefix : List.of("kafka.", "kafka.producer.", "kafka.consumer.", "kafka.streams.")) {
            instead.put(prefix + "bootstrap.servers", "set triage.bootstrap.servers");
        }
        instead.put("kafka.streams.application.id", "set triage.application.id");
        instead.put("kafka.streams.processing.guarantee", "set triage.processing.guarantee");
        instead.put("kafka.streams.num.stream.threads", "set triage.stream.threads");
        instead.put("kafka.streams.commit.interval.ms", "set triage.commit.interval");
        instead.put("kafka.streams.state.dir", "set triage.state.dir");
        instead.put("kafka.streams.group.protocol", "set triage.group.protocol");
        instead.put(
                "kafka.streams.errors.dead.letter.queue.topic.name",
                "set triage.dlq.suffix; the topology itself sends rejected records to the dead-letter topic");
        return Map.copyOf(instead);
    }
}
