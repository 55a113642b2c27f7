package io.tickettriage.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;

/**
 * A configuration key: its definition for Kafka's {@link ConfigDef}, and the value it has in the program.
 *
 * @param key name, type, default, validator, documentation
 * @param expected what a valid value looks like, to end a sentence with
 * @param conversion of a value of the key's type; throws {@link IllegalArgumentException} for one that is not as expected
 * @param <T> what the value is in the program
 */
public record Setting<T>(ConfigKey key, String expected, Function<Object, T> conversion) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    /** In milliseconds. */
    private static final Map<String, Long> TIME_UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private static final Map<String, Long> BYTE_UNITS =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private static <T> Setting<T> of(
            String name,
            ConfigDef.Type type,
            String defaultValue,
            String expected,
            Function<Object, T> conversion,
            String doc) {
        ConfigDef.Validator validator = LambdaValidator.with(
                (key, value) -> {
                    try {
                        T unused = conversion.apply(value);
                    } catch (IllegalArgumentException e) {
                        throw new ConfigException(key, value, "expected " + expected);
                    }
                },
                () -> expected);
        ConfigDef definition = new ConfigDef().define(name, type, defaultValue, validator, Importance.MEDIUM, doc);
        return new Setting<>(requireNonNull(definition.configKeys().get(name)), expected, conversion);
    }

    /** A text that matches a pattern as a whole. */
    static Setting<String> text(String name, String defaultValue, String expected, String regex, String doc) {
        Pattern pattern = Pattern.compile(regex);
        return of(
                name,
                ConfigDef.Type.STRING,
                defaultValue,
                expected,
                value -> matching(pattern, value).group(),
                doc);
    }

    /** One of a few words: the constants of an enum, in lower case. */
    static <E extends Enum<E>> Setting<E> choice(String name, E defaultValue, String doc) {
        Class<E> type = defaultValue.getDeclaringClass();
        String choices =
                Arrays.stream(type.getEnumConstants()).map(Setting::word).collect(Collectors.joining(", "));
        return of(
                name,
                ConfigDef.Type.STRING,
                word(defaultValue),
                "one of " + choices,
                value -> Enum.valueOf(type, value.toString().toUpperCase(Locale.ROOT)),
                doc);
    }

    /** True or false. */
    static Setting<Boolean> flag(String name, boolean defaultValue, String doc) {
        String written = Boolean.toString(defaultValue);
        return of(name, ConfigDef.Type.BOOLEAN, written, "true or false", Boolean.class::cast, doc);
    }

    /** A whole number within bounds. */
    static Setting<Integer> integer(String name, int defaultValue, int min, int max, String doc) {
        String expected = "a whole number from " + min + " to " + max;
        String written = Integer.toString(defaultValue);
        return of(name, ConfigDef.Type.INT, written, expected, value -> inRange((Integer) value, min, max), doc);
    }

    /** A number of bytes within bounds: {@code 1048576}, {@code 1024 KiB}, {@code 1 MiB}. */
    static Setting<Integer> bytes(String name, String defaultValue, int min, int max, String doc) {
        String expected = "bytes such as 1048576, 1024 KiB or 1 MiB, from " + min + " to " + max;
        return of(
                name,
                ConfigDef.Type.STRING,
                defaultValue,
                expected,
                value -> Math.toIntExact(inRange(amount(value, BYTE_UNITS), (long) min, (long) max)),
                doc);
    }

    /** A duration within bounds: {@code 100ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 30d}. */
    static Setting<Duration> duration(String name, String defaultValue, Duration min, Duration max, String doc) {
        String expected = "a duration such as 100ms, 5s, 10m, 2h or 30d, from " + text(min) + " to " + text(max);
        return of(
                name,
                ConfigDef.Type.STRING,
                defaultValue,
                expected,
                value -> inRange(Duration.ofMillis(amount(value, TIME_UNITS)), min, max),
                doc);
    }

    private static Matcher matching(Pattern pattern, Object value) {
        Matcher matcher = pattern.matcher(value.toString());
        require(matcher.matches());
        return matcher;
    }

    private static long amount(Object value, Map<String, Long> units) {
        Matcher amount = matching(AMOUNT, value);
        require(units.containsKey(amount.group(2)));
        long unit = units.getOrDefault(amount.group(2), 0L);
        long number = Long.parseLong(amount.group(1));
        require(number <= Long.MAX_VALUE / unit);
        return number * unit;
    }

    private static <C extends Comparable<C>> C inRange(C value, C min, C max) {
        require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
        return value;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }

    private static String text(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + "d" : duration.toMillis() + "ms";
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value that is written as {@code text}.
     *
     * @throws IllegalArgumentException if it is not as expected
     */
    T parse(String text) {
        Object value = ConfigDef.parseType(name(), text, key.type);
        if (value == null) {
            throw new IllegalArgumentException();
        }
        return conversion.apply(value);
    }

    /** Its name, such as {@code triage.http.port}. */
    public String name() {
        return key.name;
    }

    /** What it has where nothing is set, as it would be written in the file. */
    public String defaultValue() {
        return String.valueOf(key.defaultValue);
    }

    /** The override that sets it, as {@code --set} takes it. */
    public String override(Object value) {
        return name() + "=" + value;
    }

    /** The name of the environment variable that sets it. */
    public String environmentName() {
        return environmentName(name());
    }

    static String environmentName(String name) {
        String prefixed = name.startsWith("triage.") ? name : "triage." + name;
        return prefixed.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
