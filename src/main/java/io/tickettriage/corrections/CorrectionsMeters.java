package io.tickettriage.corrections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickettriage.corrections.DecodedCorrection.Reason;
import io.tickettriage.taxonomy.Taxonomy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the corrections role counts. All tags come from closed sets. */
public final class CorrectionsMeters {
    private final Counter accepted;
    private final Counter outdated;
    private final Counter waiting;
    private final Counter emitted;
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private final Map<String, Counter> confirmed = new HashMap<>();
    private final Map<String, Counter> contradicted = new HashMap<>();
    private final Map<String, Counter> expired = new HashMap<>();

    /** Meters for the heads of a taxonomy. */
    public CorrectionsMeters(MeterRegistry registry, Taxonomy taxonomy) {
        accepted = counter(registry, "triage.corrections.accepted", "Valid submissions");
        outdated = counter(
                registry, "triage.corrections.outdated", "Submissions that an equal or later one had overtaken");
        waiting = counter(registry, "triage.corrections.waiting", "Submissions whose ticket had not been scored yet");
        emitted = counter(registry, "triage.corrections.examples", "Labelled examples written, updates included");
        for (Reason reason : Reason.values()) {
            rejected.put(
                    reason,
                    counter(
                            registry,
                            "triage.corrections.rejected",
                            "Submissions sent to the DLQ",
                            "reason",
                            reason.name()));
        }
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            confirmed.put(head.name(), judged(registry, head.name(), "confirmed"));
            contradicted.put(head.name(), judged(registry, head.name(), "contradicted"));
        }
        for (String store : new String[] {CorrectionJoin.SCORED_TICKETS, CorrectionJoin.CORRECTIONS}) {
            expired.put(
                    store,
                    counter(registry, "triage.corrections.expired", "Entries removed for their age", "store", store));
        }
    }

    void accepted() {
        accepted.increment();
    }

    void rejected(Reason reason) {
        Optional.ofNullable(rejected.get(reason)).ifPresent(Counter::increment);
    }

    void outdated() {
        outdated.increment();
    }

    void waiting() {
        waiting.increment();
    }

    void emitted() {
        emitted.increment();
    }

    void judged(String head, boolean right) {
        Optional.ofNullable((right ? confirmed : contradicted).get(head)).ifPresent(Counter::increment);
    }

    void expired(String store, long entries) {
        Optional.ofNullable(expired.get(store)).ifPresent(c -> c.increment((double) entries));
    }

    private static Counter judged(MeterRegistry registry, String head, String verdict) {
        return Counter.builder("triage.corrections.judged")
                .description("Labels that people gave to predicted heads, by whether they agree")
                .tag("head", head)
                .tag("verdict", verdict)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
