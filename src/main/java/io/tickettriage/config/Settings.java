package io.tickettriage.config;

import io.tickettriage.config.SettingsFile.Given;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one process: what {@code --set} says, else the environment, else the file, else the default.
 *
 * <p>Reading it finds everything that is wrong at once. Each component is given a record of its own, such as {@link
 * HttpConfig}; a new setting is a component of the record that has it, with {@link Setting}.
 */
public final class Settings {
    /** Every setting there is, by name. What is not here, and is no Kafka client property, is an error. */
    static final Map<String, SettingKey> ALL = Stream.<Class<? extends Record>>of(
                    KafkaClientsConfig.class,
                    KafkaStreamsConfig.class,
                    TopicsConfig.class,
                    ScoringConfig.class,
                    OutputConfig.class,
                    CorrectionsConfig.class,
                    DeskConfig.class,
                    HttpConfig.class)
            .flatMap(SettingKey::of)
            .collect(Collectors.toMap(key -> key.setting().name(), Function.identity()));

    /** The name of every setting, by its environment variable. */
    public static final Map<String, String> NAME_BY_VARIABLE =
            ALL.keySet().stream().collect(Collectors.toMap(Settings::environmentName, Function.identity()));

    private static final String ENVIRONMENT = "TRIAGE_";
    private static final String UNKNOWN = " is no setting; config/triage.properties lists them all";

    // Variables of the launcher and the log, and what Kubernetes sets in every pod beside a service called "triage...".
    private static final Pattern NOT_OURS = Pattern.compile("TRIAGE_(HOME|JAVA_OPTS|NO_BUILD|TIER|LOG_[A-Z_]+"
            + "|(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?))");
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, Object> values = new HashMap<>();
    private final SortedMap<String, String> kafka = new TreeMap<>(KafkaClientsConfig.DEFAULTS);

    private Settings() {}

    /**
     * Reads the configuration, with overrides as given with {@code --set}: {@code name=value}.
     *
     * @throws IOException if any name is unknown or not read any more, or any value invalid: the message lists everything
     *     that is wrong, with the place each was set at
     */
    public static Settings read(SettingsFile file, Map<String, String> environment, Collection<String> overrides)
            throws IOException {
        List<String> problems = new ArrayList<>(file.problems());
        Settings settings = new Settings();
        ALL.forEach(
                (name, key) -> settings.values.put(name, key.parse(key.setting().value())));
        Map<String, Given> given = given(file, environment, overrides, problems);
        given.forEach((name, value) -> settings.set(name, value.value().strip())
                .ifPresent(problem -> problems.add(value.place() + ": " + name + problem)));
        KafkaStreamsConfig streams = settings.get(KafkaStreamsConfig.class);
        settings.kafka.forEach((name, value) -> KafkaPropertyRules.problem(name, value, streams)
                .ifPresent(problem -> problems.add(place(given, name) + ": " + name + problem)));
        if (!problems.isEmpty()) {
            throw new IOException("the configuration has " + problems.size()
                    + (problems.size() == 1 ? " problem" : " problems") + ":\n  " + String.join("\n  ", problems));
        }
        return settings;
    }

    /** Sets a value; says what is wrong with it. */
    private Optional<String> set(String name, String text) {
        SettingKey key = ALL.get(name);
        if (key != null) {
            try {
                values.put(name, key.parse(text));
            } catch (RuntimeException e) { // Whatever a parser throws, what it expected says more.
                return Optional.of(" is \"" + text + "\", expected " + key.expected());
            }
        } else if (KafkaClientsConfig.NOT_READ.containsKey(name)) {
            return Optional.of(" is not read; set " + KafkaClientsConfig.NOT_READ.get(name));
        } else if (name.startsWith(KafkaClientsConfig.PREFIX) && !name.endsWith(".")) {
            kafka.put(name, text);
            return KafkaPropertyRules.problem(name, text);
        } else {
            return Optional.of(UNKNOWN);
        }
        return Optional.empty();
    }

    private static String place(Map<String, Given> given, String name) {
        return Optional.ofNullable(given.get(name)).map(Given::place).orElse("default");
    }

    /** What is set, the strongest place last to say so. */
    private static Map<String, Given> given(
            SettingsFile file, Map<String, String> environment, Collection<String> overrides, List<String> problems) {
        Map<String, Given> given = new LinkedHashMap<>(file.values());
        new TreeMap<>(environment).forEach((variable, value) -> {
            String place = "environment " + variable;
            String name = nameOf(variable);
            if (name != null) {
                given.put(name, new Given(value, place));
            } else if (variable.startsWith(ENVIRONMENT)
                    && !NOT_OURS.matcher(variable).matches()
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
        return variable.startsWith("TRIAGE_KAFKA_")
                ? variable.substring(ENVIRONMENT.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.')
                : NAME_BY_VARIABLE.get(variable);
    }

    /** The name of the environment variable that sets {@code name}. */
    public static String environmentName(String name) {
        String prefixed = name.startsWith("triage.") ? name : "triage." + name;
        return prefixed.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The settings of a component: its record, such as {@code HttpConfig.class}. */
    public <R extends Record> R get(Class<R> record) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return record.getDeclaredConstructor(types)
                    .newInstance(Arrays.stream(components).map(this::valueOf).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every record has this constructor", e);
        }
    }

    /** A setting, the record of a part, or what passes through to Kafka's clients. */
    private @Nullable Object valueOf(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting != null) {
            return values.get(setting.name());
        }
        return component.getType().isRecord()
                ? get(component.getType().asSubclass(Record.class))
                : new TreeMap<>(kafka);
    }
}
