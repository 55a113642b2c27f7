package io.tickettriage.kafka;

import java.util.regex.Pattern;

/**
 * What the topics of the catalogue are called in one cluster.
 *
 * @param prefix before every name; may be empty
 * @param dlqSuffix after the name of the dead-letter topic; may be empty
 */
public record TopicNames(String prefix, String dlqSuffix) {
    public static final String RAW = "tickets.raw";
    public static final String SCORED = "tickets.scored";
    public static final String DLQ = "tickets.dlq";
    public static final String SUBMITTED = "tickets.corrections.submitted";
    public static final String CORRECTIONS = "tickets.corrections";
    public static final String MODELS = "tickets.models";
    public static final String SHADOW = "tickets.shadow";
    public static final String DRIFT = "tickets.drift";
    public static final String QUEUE_PREFIX = "tickets.queue.";
    public static final String REVIEW = "review";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    /** The names of the catalogue themselves. */
    public static final TopicNames PLAIN = new TopicNames("", "");

    /**
     * Names with a prefix and a suffix.
     *
     * @throws IllegalArgumentException if one has characters that Kafka allows in no topic name, or is too long
     */
    public TopicNames {
        require("topic prefix", prefix);
        require("DLQ suffix", dlqSuffix);
    }

    /** Tickets on their way in. */
    public String raw() {
        return of(RAW);
    }

    /** Every scored ticket. */
    public String scored() {
        return of(SCORED);
    }

    /** Records that cannot be read. */
    public String dlq() {
        return of(DLQ);
    }

    /** Corrections on their way in. */
    public String correctionsSubmitted() {
        return of(SUBMITTED);
    }

    /** Labelled examples, compacted. */
    public String corrections() {
        return of(CORRECTIONS);
    }

    /** Model artifacts and the pointers to them. */
    public String models() {
        return of(MODELS);
    }

    /** Where the shadow model differs. */
    public String shadow() {
        return of(SHADOW);
    }

    /** What every queue's name begins with. */
    public String queuePrefix() {
        return of(QUEUE_PREFIX);
    }

    /** The queue of a department, or {@code review}. */
    public String queue(String department) {
        return of(QUEUE_PREFIX + department);
    }

    /** The name in the cluster of the topic that the catalogue calls {@code catalogueName}. */
    public String of(String catalogueName) {
        return prefix + catalogueName + (catalogueName.equals(DLQ) ? dlqSuffix : "");
    }

    private static void require(String what, String part) {
        if (!PART.matcher(part).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + part + "\": only letters, digits, '.', '_' and '-' are allowed, at most 100");
        }
    }
}
