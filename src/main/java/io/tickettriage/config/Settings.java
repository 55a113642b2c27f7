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
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one process: what {@code --set} says, else the environment, else the file, else the default.
 *
 * <p>Reading it finds everything that is wrong at once. Each component is given a record of its own, such as {@link
 * HttpConfig#of}; a new setting is declared in the record that has it.
 */
public final class Settings {
    /** Every setting there is. What is not here, and is no Kafka client property, is an error. */
    public static final List<Setting<?>> ALL = Stream.of(
                    KafkaClientsConfig.KEYS,
                    KafkaStreamsConfig.KEYS,
                    TopicsConfig.KEYS,
                    ScoringConfig.KEYS,
                    OutputConfig.KEYS,
                    CorrectionsConfig.KEYS,
                    HttpConfig.KEYS)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, String> NAME_BY_VARIABLE =
            ALL.stream().collect(Collectors.toMap(Setting::environmentName, Setting::name));

    private static final String ENVIRONMENT = "TRIAGE_";
    private static final String KAFKA_ENVIRONMENT = "TRIAGE_KAFKA_";
    private static final String UNKNOWN = " is no setting; config/triage.properties lists them all";

    /** Variables of the launcher and the log. */
    private static final Pattern LAUNCHER = Pattern.compile("TRIAGE_(HOME|JAVA_OPTS|NO_BUILD|TIER|LOG_[A-Z_]+)");

    /** What Kubernetes sets in every pod beside a service whose name begins with "triage". */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("TRIAGE_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<Setting<?>, Object> values;
    private final SortedMap<String, String> kafka;

    private Settings(Map<Setting<?>, Object> values, SortedMap<String, String> kafka) {
        this.values = values;
        this.kafka = kafka;
    }

    /** A value, and the place it was set at. */
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
        Map<String, Given> given = given(file, environment, overrides, problems);
        SortedMap<String, String> kafka = new TreeMap<>(KafkaClientsConfig.DEFAULTS);
        Map<Setting<?>, Object> values = new HashMap<>();
        Map<String, Setting<?>> settings = ALL.stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        given.forEach((name, value) -> {
            Setting<?> setting = settings.get(name);
            String text = value.value().strip();
            if (setting != null) {
                parse(setting, text, value.place(), values, problems);
            } else if (KafkaClientsConfig.NOT_READ.containsKey(name)) {
                problems.add(value.place() + ": " + name + " is not read; " + KafkaClientsConfig.NOT_READ.get(name));
            } else if (name.startsWith(KafkaClientsConfig.PREFIX) && !name.endsWith(".")) {
                kafka.put(name, text);
            } else {
                problems.add(value.place() + ": " + name + UNKNOWN);
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        ALL.forEach(setting -> values.computeIfAbsent(setting, s -> s.parse(s.defaultValue())));
        return new Settings(values, kafka);
    }

    private static void parse(
            Setting<?> setting, String text, String place, Map<Setting<?>, Object> values, List<String> problems) {
        try {
            values.put(setting, setting.parse(text));
        } catch (IllegalArgumentException | ConfigException e) {
            problems.add(place + ": " + setting.name() + " is \"" + text + "\", expected " + setting.expected());
        }
    }

    /** What is set, the strongest place last to say so. */
    private static Map<String, Given> given(
            SettingsFile file, Map<String, String> environment, Collection<String> overrides, List<String> problems) {
        Map<String, Given> given = new LinkedHashMap<>();
        file.values().forEach((name, value) -> given.put(name, new Given(value, file.place(name))));
        new TreeMap<>(environment).forEach((variable, value) -> {
            String place = "environment " + variable;
            String name = nameOf(variable);
            if (name != null) {
                given.put(name, new Given(value, place));
            } else if (variable.startsWith(ENVIRONMENT)
                    && !LAUNCHER.matcher(variable).matches()
                    && !SERVICE_LINK.matcher(variable).matches()
                    && !SERVICE_ADDRESS.matcher(value).matches()) {
                problems.add(place + ":" + UNKNOWN);
            }
        });
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                problems.add("--set " + override + ": expected name=value");
            } else {
                String name = override.substring(0, equals).strip();
                given.put(name, new Given(override.substring(equals + 1), "--set " + name));
            }
        }
        return given;
    }

    private static @Nullable String nameOf(String variable) {
        return variable.startsWith(KAFKA_ENVIRONMENT)
                ? variable.substring(ENVIRONMENT.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.')
                : NAME_BY_VARIABLE.get(variable);
    }

    /** The value of a setting, for the record that declares it. */
    @SuppressWarnings("unchecked") // Each value came out of its own setting's parser.
    <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.name() + " is not in the KEYS of its record");
        }
        return (T) value;
    }

    /** The properties that pass through to Kafka's clients, by their names with prefix. */
    SortedMap<String, String> kafka() {
        return new TreeMap<>(kafka);
    }
}
