package io.tickettriage.config;

import java.time.Duration;
import java.util.List;

/**
 * What the handling of corrections is configured with.
 *
 * @param retention how long a correction and its ticket wait for each other
 * @param taxonomyFile the heads and labels that corrections are checked against
 * @param maxBytes larger submissions are rejected, as larger tickets are
 */
public record CorrectionsConfig(Duration retention, String taxonomyFile, int maxBytes) {
    public static final Setting<Duration> RETENTION = Setting.duration(
            "triage.corrections.retention",
            "30d",
            Duration.ofSeconds(1),
            Duration.ofDays(3650),
            "How long a correction and its ticket wait for each other.");

    public static final Setting<String> TAXONOMY_FILE = Setting.text(
            "triage.taxonomy.file",
            "config/taxonomy.yaml",
            "a path",
            ".+",
            "The heads and labels that corrections are checked against; a relative path starts where the program is"
                    + " installed.");

    static final List<Setting<?>> KEYS = List.of(RETENTION, TAXONOMY_FILE);

    public static CorrectionsConfig of(Settings settings) {
        return new CorrectionsConfig(
                settings.get(RETENTION), settings.get(TAXONOMY_FILE), settings.get(ScoringConfig.MAX_TICKET_BYTES));
    }
}
