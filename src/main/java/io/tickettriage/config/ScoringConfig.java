package io.tickettriage.config;

import java.util.List;

/**
 * What scoring is configured with.
 *
 * @param maxTicketBytes larger tickets are rejected
 * @param rulesFile the routing rules
 * @param modelFile the model to start with; empty for the one inside the program
 * @param shadowSamplePercent how many of the tickets about which a challenger disagrees the shadow topic gets
 */
public record ScoringConfig(
        int maxTicketBytes, String rulesFile, String modelFile, int shadowSamplePercent, OutputConfig output) {
    public static final Setting<Integer> MAX_TICKET_BYTES = Setting.bytes(
            "triage.max.ticket.bytes",
            "1 MiB",
            1,
            64 << 20,
            "How many bytes a ticket may have, uncompressed; larger ones go to the dead-letter topic.");

    public static final Setting<String> RULES_FILE = Setting.text(
            "triage.rules.file",
            "config/rules.yaml",
            "a path",
            ".+",
            "The routing rules; a relative path starts where the program is installed.");

    public static final Setting<String> MODEL_FILE = Setting.text(
            "triage.model.file",
            "",
            "a path, or nothing",
            ".*",
            "The model to score with until tickets.models names one; empty: the one in the program.");

    public static final Setting<Integer> SHADOW_SAMPLE = Setting.integer(
            "triage.shadow.sample.percent",
            100,
            0,
            100,
            "How many in a hundred of the tickets about which a challenger disagrees go to the shadow topic.");

    static final List<Setting<?>> KEYS = List.of(MAX_TICKET_BYTES, RULES_FILE, MODEL_FILE, SHADOW_SAMPLE);

    public static ScoringConfig of(Settings settings) {
        return new ScoringConfig(
                settings.get(MAX_TICKET_BYTES),
                settings.get(RULES_FILE),
                settings.get(MODEL_FILE),
                settings.get(SHADOW_SAMPLE),
                OutputConfig.of(settings));
    }
}
