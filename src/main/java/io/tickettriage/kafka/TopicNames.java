package io.tickettriage.kafka;

import java.util.regex.Pattern;

/**
 * What the topics of the catalogue are called in one cluster.
 *
 * @param prefix before every name; may be empty
 * @param dlqSuffix after the name of the dead-letter topic; may be empty
 */
public record TopicNames(String prefix, String dlqSuffix) {
    private static final Pattern AFFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    /** The names of the catalogue themselves. */
    public static final TopicNames PLAIN = new TopicNames("", "");

    /** Throws {@code IllegalArgumentException} if one has characters that Kafka allows in no topic name, or is too long. */
    public TopicNames {
        require("topic prefix", prefix);
        require("DLQ suffix", dlqSuffix);
    }

    private static void require(String what, String affix) {
        if (!AFFIX.matcher(affix).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + affix + "\": only letters, digits, '.', '_' and '-' are allowed, at most 100");
        }
    }

    public String raw() {
        return prefix + "tickets.raw";
    }

    public String scored() {
        return prefix + "tickets.scored";
    }

    /** Records that cannot be read. */
    public String dlq() {
        return prefix + "tickets.dlq" + dlqSuffix;
    }

    public String correctionsSubmitted() {
        return prefix + "tickets.corrections.submitted";
    }

    /** Labelled examples, compacted. */
    public String corrections() {
        return prefix + "tickets.corrections";
    }

    /** Model artifacts and the pointers to them. */
    public String models() {
        return prefix + "tickets.models";
    }

    /** Where the shadow model differs. */
    public String shadow() {
        return prefix + "tickets.shadow";
    }

    /** Who is deciding which review ticket. */
    public String claims() {
        return prefix + "tickets.claims";
    }

    public String drift() {
        return prefix + "tickets.drift";
    }

    /** What every queue's name begins with. */
    public String queuePrefix() {
        return prefix + "tickets.queue.";
    }

    /** The queue of a department, or {@code review}. */
    public String queue(String department) {
        return queuePrefix() + department;
    }

    /** The name in the cluster of the topic that the catalogue calls {@code catalogueName}. */
    public String of(String catalogueName) {
        return catalogueName.equals(PLAIN.dlq()) ? dlq() : prefix + catalogueName;
    }
}
