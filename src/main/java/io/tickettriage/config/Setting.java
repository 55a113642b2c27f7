package io.tickettriage.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be configured: declared once, with everything that is to be known about it.
 *
 * @param name such as {@code triage.http.port}
 * @param doc one sentence for people
 * @param defaultValue what it is where nobody says otherwise, as it would be written in the file
 * @param expected what a valid value looks like, to end a sentence with
 * @param parser from the written value; throws {@link IllegalArgumentException} for one that is not as expected
 * @param <T> what the value is in the program
 */
public record Setting<T>(String name, String doc, String defaultValue, String expected, Function<String, T> parser) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    /** In milliseconds. */
    private static final Map<String, Long> TIME_UNITS = Map.of(
            "ms", 1L,
            "s", 1_000L,
            "m", 60_000L,
            "h", 3_600_000L,
            "d", 86_400_000L);

    private static final Map<String, Long> BYTE_UNITS =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    /** A text that matches a pattern as a whole. */
    static Setting<String> text(String name, String doc, String defaultValue, String expected, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return new Setting<>(name, doc, defaultValue, expected, value -> {
            require(pattern.matcher(value).matches());
            return value;
        });
    }

    /** One of a few words. */
    static Setting<String> choice(String name, String doc, String defaultValue, String... choices) {
        List<String> allowed = List.of(choices);
        return new Setting<>(name, doc, defaultValue, "one of " + String.join(", ", allowed), value -> {
            String word = value.toLowerCase(Locale.ROOT);
            require(allowed.contains(word));
            return word;
        });
    }

    /** True or false. */
    static Setting<Boolean> flag(String name, String doc, boolean defaultValue) {
        return new Setting<>(name, doc, Boolean.toString(defaultValue), "true or false", value -> {
            String word = value.toLowerCase(Locale.ROOT);
            require(word.equals("true") || word.equals("false"));
            return word.equals("true");
        });
    }

    /** A whole number within bounds. */
    static Setting<Integer> integer(String name, String doc, int defaultValue, int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return new Setting<>(name, doc, Integer.toString(defaultValue), expected, value -> {
            // Throws a NumberFormatException, which is what the contract of the parser asks for.
            int number = Integer.parseInt(value);
            require(number >= min && number <= max);
            return number;
        });
    }

    /** A number of bytes within bounds: {@code 1048576}, {@code 1024 KiB}, {@code 1 MiB}. */
    static Setting<Long> bytes(String name, String doc, String defaultValue, long min, long max) {
        String expected = "bytes such as 1048576, 1024 KiB or 1 MiB, from " + min + " to " + max;
        return new Setting<>(name, doc, defaultValue, expected, value -> {
            Matcher amount = amount(value);
            long bytes = multiply(amount, unit(BYTE_UNITS, amount));
            require(bytes >= min && bytes <= max);
            return bytes;
        });
    }

    /** A duration within bounds: {@code 100ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 30d}. */
    static Setting<Duration> duration(String name, String doc, String defaultValue, Duration min, Duration max) {
        String expected = "a duration such as 100ms, 5s, 10m, 2h or 30d, from " + text(min) + " to " + text(max);
        return new Setting<>(name, doc, defaultValue, expected, value -> {
            Matcher amount = amount(value);
            Duration duration = Duration.ofMillis(multiply(amount, unit(TIME_UNITS, amount)));
            require(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
            return duration;
        });
    }

    private static Matcher amount(String value) {
        Matcher amount = AMOUNT.matcher(value);
        require(amount.matches());
        return amount;
    }

    private static long unit(Map<String, Long> units, Matcher amount) {
        Long unit = units.get(amount.group(2));
        if (unit == null) {
            throw new IllegalArgumentException();
        }
        return unit;
    }

    private static long multiply(Matcher amount, long unit) {
        try {
            return Math.multiplyExact(Long.parseLong(amount.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + "d" : duration.toMillis() + "ms";
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }

    /** The name of the environment variable that sets it. */
    public String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String name) {
        String prefixed = name.startsWith("triage.") ? name : "triage." + name;
        return prefixed.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
