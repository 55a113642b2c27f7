package io.tickettriage.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The configuration of one process: what {@code --set} says, else the environment, else the file, else the default.
 *
 * <p>Reading it finds everything that is wrong at once. Kafka client properties pass through: with the prefix {@code
 * kafka.} to every client, with {@code kafka.producer.}, {@code kafka.consumer.} and {@code kafka.streams.} to that kind.
 */
public final class Settings {
    private static final String KAFKA = "kafka.";
    private static final String PRODUCER = "kafka.producer.";
    private static final String CONSUMER = "kafka.consumer.";
    private static final String STREAMS = "kafka.streams.";
    private static final String ENVIRONMENT = "TRIAGE_";
    private static final String KAFKA_ENVIRONMENT = "TRIAGE_KAFKA_";

    /** Variables of the launcher and the log. */
    private static final Pattern LAUNCHER = Pattern.compile("TRIAGE_(HOME|JAVA_OPTS|NO_BUILD|TIER|LOG_[A-Z_]+)");

    /** What Kubernetes sets in every pod beside a service whose name begins with "triage". */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("TRIAGE_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, Object> values;
    private final SortedMap<String, String> kafka;

    private Settings(Map<String, Object> values, SortedMap<String, String> kafka) {
        this.values = values;
        this.kafka = kafka;
    }

    /** A value, and where it was set. */
    private record Given(String value, String place) {}

    /**
     * Reads the configuration.
     *
     * @param file the properties file
     * @param environment of the process
     * @param overrides as given with {@code --set}: {@code name=value}
     * @throws InvalidSettingsException if any name is unknown or not read any more, or any value invalid
     */
    public static Settings read(SettingsFile file, Map<String, String> environment, Collection<String> overrides)
            throws InvalidSettingsException {
        List<String> problems = new ArrayList<>(file.problems());
        Map<String, Given> given = new LinkedHashMap<>();
        file.values().forEach((name, value) -> given.put(name, new Given(value, file.place(name))));
        readEnvironment(environment, given, problems);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                problems.add("--set " + override + ": expected name=value");
            } else {
                String name = override.substring(0, equals).strip();
                given.put(name, new Given(override.substring(equals + 1), "--set " + name));
            }
        }
        SortedMap<String, String> kafka = new TreeMap<>(SettingKeys.KAFKA_DEFAULTS);
        Map<String, String> own = new HashMap<>();
        given.forEach((name, value) -> {
            if (SettingKeys.NOT_READ.containsKey(name)) {
                problems.add(value.place() + ": " + name + " is not read; " + SettingKeys.NOT_READ.get(name));
            } else if (name.startsWith(KAFKA) && !name.endsWith(".")) {
                kafka.put(name, value.value().strip());
            } else {
                own.put(name, value.value().strip());
            }
        });
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : SettingKeys.ALL) {
            String text = own.containsKey(setting.name()) ? own.remove(setting.name()) : setting.defaultValue();
            try {
                values.put(setting.name(), setting.parser().apply(String.valueOf(text)));
            } catch (IllegalArgumentException e) {
                Given where = given.get(setting.name());
                problems.add((where == null ? "default" : where.place()) + ": " + setting.name() + " is \"" + text
                        + "\", expected " + setting.expected());
            }
        }
        own.keySet().stream().sorted().forEach(name -> {
            Given where = given.get(name);
            problems.add((where == null ? "" : where.place()) + ": " + name
                    + " is no setting; config/triage.properties lists them all");
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Settings(values, kafka);
    }

    private static void readEnvironment(
            Map<String, String> environment, Map<String, Given> given, List<String> problems) {
        Map<String, String> nameOf = new HashMap<>();
        for (Setting<?> setting : SettingKeys.ALL) {
            nameOf.put(setting.environmentName(), setting.name());
        }
        new TreeMap<>(environment).forEach((variable, value) -> {
            String name = nameOf.get(variable);
            if (name != null) {
                given.put(name, new Given(value, "environment " + variable));
            } else if (variable.startsWith(KAFKA_ENVIRONMENT)) {
                given.put(kafkaName(variable), new Given(value, "environment " + variable));
            } else if (variable.startsWith(ENVIRONMENT)
                    && !LAUNCHER.matcher(variable).matches()
                    && !SERVICE_LINK.matcher(variable).matches()
                    && !SERVICE_ADDRESS.matcher(value).matches()) {
                problems.add("environment " + variable + ": is no setting; config/triage.properties lists them all");
            }
        });
    }

    private static String kafkaName(String variable) {
        return variable.substring(ENVIRONMENT.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // Each value came out of its own setting's parser.
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting.name());
        if (value == null) {
            throw new IllegalArgumentException(setting.name() + " is not in SettingKeys.ALL");
        }
        return (T) value;
    }

    /** Properties for an admin client, bootstrap servers included. */
    public SortedMap<String, String> adminConfig() {
        SortedMap<String, String> config = new TreeMap<>();
        config.put("bootstrap.servers", get(SettingKeys.BOOTSTRAP_SERVERS));
        kafka.forEach((name, value) -> {
            if (!name.startsWith(PRODUCER) && !name.startsWith(CONSUMER) && !name.startsWith(STREAMS)) {
                config.put(name.substring(KAFKA.length()), value);
            }
        });
        return config;
    }

    /** Properties for a producer, without serializers. */
    public SortedMap<String, String> producerConfig() {
        return with(adminConfig(), PRODUCER, "");
    }

    /** Properties for a consumer, without deserializers and group. */
    public SortedMap<String, String> consumerConfig() {
        return with(adminConfig(), CONSUMER, "");
    }

    /**
     * Properties for the Kafka Streams application of a role: its id, the settings of ours that Kafka Streams has names
     * for, and the client properties under Kafka Streams' own prefixes.
     *
     * @param role such as {@code scoring}
     */
    public SortedMap<String, String> streamsConfig(String role) {
        SortedMap<String, String> config = adminConfig();
        config.put("application.id", get(SettingKeys.APPLICATION_ID) + "-" + role);
        config.put("processing.guarantee", get(SettingKeys.PROCESSING_GUARANTEE));
        config.put("num.stream.threads", Integer.toString(get(SettingKeys.STREAM_THREADS)));
        config.put(
                "commit.interval.ms",
                Long.toString(get(SettingKeys.COMMIT_INTERVAL).toMillis()));
        config.put("state.dir", get(SettingKeys.STATE_DIR));
        config.put("group.protocol", get(SettingKeys.GROUP_PROTOCOL));
        with(config, PRODUCER, "producer.");
        with(config, CONSUMER, "consumer.");
        return with(config, STREAMS, "");
    }

    private SortedMap<String, String> with(SortedMap<String, String> config, String prefix, String instead) {
        kafka.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                config.put(instead + name.substring(prefix.length()), value);
            }
        });
        return config;
    }
}
