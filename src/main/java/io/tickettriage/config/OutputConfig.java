package io.tickettriage.config;

/**
 * Which optional parts a scored ticket has.
 *
 * @param scores the score of every label, not only the chosen one's
 * @param explanation the terms that decided
 * @param humanReadable summary, triage note and reply draft
 */
public record OutputConfig(
        @Setting(name = "triage.output.scores", value = "true")
        boolean scores,

        @Setting(name = "triage.output.explanation", value = "review")
        Tickets explanation,

        @Setting(name = "triage.output.human-readable", value = "review")
        Tickets humanReadable) {
    /** Which tickets get a part. */
    public enum Tickets {
        ALL,
        REVIEW,
        NONE
    }
}
