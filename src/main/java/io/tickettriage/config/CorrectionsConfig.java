package io.tickettriage.config;

import java.time.Duration;

/** How long corrections and their tickets wait for each other, and the heads and labels corrections are checked against. */
public record CorrectionsConfig(
        @Setting(name = "triage.corrections.retention", value = "30d", min = 1_000, max = 3_650 * 86_400_000L)
        Duration retention,

        @Setting(name = "triage.taxonomy.file", value = "config/taxonomy.yaml")
        String taxonomyFile) {}
