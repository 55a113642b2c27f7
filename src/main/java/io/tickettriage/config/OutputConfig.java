package io.tickettriage.config;

import java.util.List;

/**
 * Which optional parts a scored ticket has.
 *
 * @param scores the score of every label, not only the chosen one's
 * @param explanation the terms that decided
 * @param humanReadable summary, triage note and reply draft
 */
public record OutputConfig(boolean scores, Tickets explanation, Tickets humanReadable) {
    /** Which tickets get a part. */
    public enum Tickets {
        ALL,
        REVIEW,
        NONE
    }

    public static final Setting<Boolean> SCORES = Setting.flag(
            "triage.output.scores",
            true,
            "Whether the output has the score of every label, not only the chosen one's.");

    public static final Setting<Tickets> EXPLANATION = Setting.choice(
            "triage.output.explanation",
            Tickets.REVIEW,
            "Which tickets carry the terms that decided: all, those for review, or none.");

    public static final Setting<Tickets> HUMAN_READABLE = Setting.choice(
            "triage.output.human-readable",
            Tickets.REVIEW,
            "Which tickets carry summary, triage note and reply draft: all, those for review, or none.");

    static final List<Setting<?>> KEYS = List.of(SCORES, EXPLANATION, HUMAN_READABLE);

    public static OutputConfig of(Settings settings) {
        return new OutputConfig(settings.get(SCORES), settings.get(EXPLANATION), settings.get(HUMAN_READABLE));
    }
}
