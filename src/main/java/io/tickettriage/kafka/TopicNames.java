package io.tickettriage.kafka;

import java.util.regex.Pattern;

/**
 * What the topics of the catalogue are called in one cluster.
 *
 * @param prefix before every name; may be empty
 * @param dlqSuffix after the name of the dead-letter topic; may be empty
 * @param dlq records that cannot be read
 * @param corrections labelled examples, compacted
 * @param models model artifacts and the pointers to them
 * @param shadow where the shadow model differs
 * @param queuePrefix what every queue's name begins with
 */
public record TopicNames(
        String prefix,
        String dlqSuffix,
        String raw,
        String scored,
        String dlq,
        String correctionsSubmitted,
        String corrections,
        String models,
        String shadow,
        String drift,
        String queuePrefix) {
    private static final Pattern AFFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    /** The names of the catalogue themselves. */
    public static final TopicNames PLAIN = new TopicNames("", "");

    /**
     * Names with a prefix and a suffix.
     *
     * @throws IllegalArgumentException if one has characters that Kafka allows in no topic name, or is too long
     */
    public TopicNames(String prefix, String dlqSuffix) {
        this(
                require("topic prefix", prefix),
                require("DLQ suffix", dlqSuffix),
                prefix + "tickets.raw",
                prefix + "tickets.scored",
                prefix + "tickets.dlq" + dlqSuffix,
                prefix + "tickets.corrections.submitted",
                prefix + "tickets.corrections",
                prefix + "tickets.models",
                prefix + "tickets.shadow",
                prefix + "tickets.drift",
                prefix + "tickets.queue.");
    }

    /** The queue of a department, or {@code review}. */
    public String queue(String department) {
        return queuePrefix + department;
    }

    /** The name in the cluster of the topic that the catalogue calls {@code catalogueName}. */
    public String of(String catalogueName) {
        return catalogueName.equals(PLAIN.dlq) ? dlq : prefix + catalogueName;
    }

    private static String require(String what, String affix) {
        if (!AFFIX.matcher(affix).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + affix + "\": only letters, digits, '.', '_' and '-' are allowed, at most 100");
        }
        return affix;
    }
}
