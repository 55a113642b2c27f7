package io.tickettriage.desk;

import java.time.Instant;
import java.util.Map;

/** That somebody has decided a ticket: who, when, and what. */
public record Decided(String by, Instant at, Map<String, String> labels) {
    static Decided of(Submission submission) {
        return new Decided(submission.by(), submission.at(), submission.labels().orElse(Map.of()));
    }
}
