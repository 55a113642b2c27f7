package io.tickettriage.corrections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickettriage.corrections.DecodedCorrection.Reason;
import io.tickettriage.taxonomy.Taxonomy;

/** What the corrections role counts. All tags come from closed sets, registered at the start so that each is shown at 0. */
public final class CorrectionsMeters {
    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter outdated;
    private final Counter waiting;
    private final Counter emitted;

    /** Meters for the heads of a taxonomy. */
    public CorrectionsMeters(MeterRegistry registry, Taxonomy taxonomy) {
        this.registry = registry;
        accepted = counter("triage.corrections.accepted", "Valid submissions");
        outdated = counter("triage.corrections.outdated", "Submissions that an equal or later one had overtaken");
        waiting = counter("triage.corrections.waiting", "Submissions whose ticket had not been scored yet");
        emitted = counter("triage.corrections.examples", "Labelled examples written, updates included");
        for (Reason reason : Reason.values()) {
            rejections(reason);
        }
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            judgements(head.name(), true);
            judgements(head.name(), false);
        }
        expirations(CorrectionJoin.SCORED_TICKETS);
        expirations(CorrectionJoin.CORRECTIONS);
    }

    void accepted() {
        accepted.increment();
    }

    void rejected(Reason reason) {
        rejections(reason).increment();
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
        judgements(head, right).increment();
    }

    void expired(String store, long entries) {
        expirations(store).increment((double) entries);
    }

    private Counter rejections(Reason reason) {
        return counter("triage.corrections.rejected", "Submissions sent to the DLQ", "reason", reason.name());
    }

    private Counter judgements(String head, boolean right) {
        return counter(
                "triage.corrections.judged",
                "Labels that people gave to predicted heads, by whether they agree",
                "head",
                head,
                "verdict",
                right ? "confirmed" : "contradicted");
    }

    private Counter expirations(String store) {
        return counter("triage.corrections.expired", "Entries removed for their age", "store", store);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
