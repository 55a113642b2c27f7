package io.tickettriage.config;

/**
 * What scoring is configured with.
 *
 * @param maxTicketBytes larger tickets are rejected
 * @param modelFile the model to start with; empty for the one inside the program
 * @param shadowSamplePercent how many of the tickets about which a challenger disagrees the shadow topic gets
 */
public record ScoringConfig(
        @Setting(name = "triage.max.ticket.bytes", value = "1 MiB", min = 1, max = 64 << 20, bytes = true)
        int maxTicketBytes,

        @Setting(name = "triage.rules.file", value = "config/rules.yaml")
        String rulesFile,

        @Setting(name = "triage.model.file", pattern = ".*", expected = "a path, or nothing")
        String modelFile,

        @Setting(name = ScoringConfig.SHADOW_SAMPLE, value = "100", max = 100)
        int shadowSamplePercent,

        OutputConfig output) {
    public static final String SHADOW_SAMPLE = "triage.shadow.sample.percent";
}
