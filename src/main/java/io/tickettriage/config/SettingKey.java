package io.tickettriage.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** A setting, and the type of the component that has its value. */
record SettingKey(Setting setting, Class<?> type) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, Long> MILLISECONDS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    static Stream<SettingKey> of(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap(component -> Optional.ofNullable(component.getAnnotation(Setting.class))
                        .map(setting -> new SettingKey(setting, component.getType()))
                        .stream());
    }

    /** The value that is written as {@code text}; throws a {@code RuntimeException} if it is not as expected. */
    Object parse(String text) {
        if (type == boolean.class) {
            return ConfigDef.parseType(setting.name(), text, ConfigDef.Type.BOOLEAN);
        } else if (type == int.class) {
            return setting.bytes()
                    ? Math.toIntExact(inRange(amount(text, BYTES)))
                    : (int) inRange(Integer.parseInt(text));
        } else if (type == Duration.class) {
            return Duration.ofMillis(inRange(amount(text, MILLISECONDS)));
        } else if (type.isEnum()) {
            return choices()
                    .filter(choice -> word(choice).equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow();
        }
        require(text.matches(setting.pattern()));
        return text;
    }

    /** What a valid value looks like, to end a sentence with. */
    String expected() {
        String range = " from " + setting.min() + " to " + setting.max();
        if (type == boolean.class) {
            return "true or false";
        } else if (type == int.class) {
            return setting.bytes() ? "bytes such as 1048576, 1024 KiB or 1 MiB," + range : "a whole number" + range;
        } else if (type == Duration.class) {
            return "a duration such as 100ms, 5s, 10m, 2h or 30d, from " + duration(setting.min()) + " to "
                    + duration(setting.max());
        } else if (type.isEnum()) {
            return "one of " + choices().map(SettingKey::word).collect(Collectors.joining(", "));
        }
        return setting.expected();
    }

    /** How a constant is written in the file, and in Kafka's own settings. */
    static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }

    private Stream<?> choices() {
        return Arrays.stream(type.getEnumConstants());
    }

    private static long amount(String text, Map<String, Long> units) {
        Matcher amount = AMOUNT.matcher(text);
        require(amount.matches() && units.containsKey(amount.group(2)));
        return Math.multiplyExact(Long.parseLong(amount.group(1)), units.getOrDefault(amount.group(2), 0L));
    }

    private long inRange(long value) {
        require(value >= setting.min() && value <= setting.max());
        return value;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }

    private static String duration(long millis) {
        Duration duration = Duration.ofMillis(millis);
        return duration.toDays() > 0 ? duration.toDays() + "d" : millis + "ms";
    }
}
