package io.tickettriage.config;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The values of Kafka's properties with which no ticket is lost, doubled or stuck; others are refused, to whichever client
 * they are given.
 */
final class KafkaPropertyRules {
    private static final Pattern PREFIXES =
            Pattern.compile("kafka\\.(streams\\.)?((main|restore|global)\\.)?((producer|consumer|admin)\\.)?");
    private static final Pattern HANDLER = Pattern.compile("(default\\.)?(\\w+)\\.exception\\.handler");
    private static final Pattern FAILING_HANDLER = Pattern.compile(".*\\.LogAndFail\\w*Handler");

    /** What scored tickets, dead letters and examples may have, as in config/triage.properties. */
    private static final long RECORD_BYTES = 4_194_304;

    private static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

    /** A condition, and what it asks for, with the reason. */
    private record Rule(Predicate<String> holds, String expected) {
        static Rule oneOf(List<String> values, String why) {
            return new Rule(value -> values.stream().anyMatch(value::equalsIgnoreCase), values.get(0) + ": " + why);
        }

        static Rule atLeast(long least, String why) {
            return new Rule(
                    value -> number(value).filter(n -> n >= least).isPresent(), "at least " + least + ": " + why);
        }
    }

    /** By Kafka's own names. */
    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry(
                    "isolation.level",
                    Rule.oneOf(List.of("read_committed"), "else what a transaction takes back is read, too")),
            entry("acks", Rule.oneOf(List.of("all", "-1"), "else a broker that dies takes acknowledged records along")),
            entry(
                    "enable.idempotence",
                    Rule.oneOf(List.of("true"), "else a send that is tried again is a second record")),
            entry(
                    "max.request.size",
                    Rule.atLeast(RECORD_BYTES, "an output may be that large, and else stops its role")),
            entry("buffer.memory", Rule.atLeast(RECORD_BYTES, "an output may be that large, and else stops its role")),
            entry("fetch.max.bytes", Rule.atLeast(RECORD_BYTES, "else each large record is fetched by itself")),
            entry("max.partition.fetch.bytes", Rule.atLeast(1_048_576, "else each large record is fetched by itself")),
            entry(
                    "default.timestamp.extractor",
                    new Rule(value -> false, "none: the program has its own, which no timestamp can stop")));

    private KafkaPropertyRules() {}

    /** What is wrong with the value of a property, such as {@code kafka.producer.acks}: a clause that follows its name. */
    static Optional<String> problem(String name, String value) {
        String kafkas = kafkasName(name);
        return Optional.ofNullable(RULES.get(kafkas))
                .or(() -> handlerRule(kafkas))
                .filter(rule -> !rule.holds().test(value))
                .map(rule -> " is \"" + value + "\", expected " + rule.expected());
    }

    private static Optional<Rule> handlerRule(String kafkas) {
        var handler = HANDLER.matcher(kafkas);
        if (!handler.matches()) {
            return Optional.empty();
        }
        // The program's own production handler is set in any case.
        boolean mayBeSet = !handler.group(2).equals("production");
        return Optional.of(new Rule(
                value -> mayBeSet && FAILING_HANDLER.matcher(value).matches(),
                "none: a handler that goes on loses a record without a trace; records that cannot be read go to the"
                        + " dead-letter topic without one"));
    }

    /** What is wrong with a time-out of transactions, if the property is one: they are committed every so often. */
    static Optional<String> problem(String name, String value, KafkaStreamsConfig streams) {
        long commitMillis = streams.commitInterval().toMillis();
        return kafkasName(name).equals(TRANSACTION_TIMEOUT)
                        && number(value)
                                .filter(timeout -> timeout > commitMillis)
                                .isEmpty()
                ? Optional.of(" is \"" + value + "\", expected more than the " + commitMillis
                        + " ms of triage.commit.interval: else every transaction is taken back before it is committed")
                : Optional.empty();
    }

    private static String kafkasName(String name) {
        return PREFIXES.matcher(name).replaceFirst("");
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
