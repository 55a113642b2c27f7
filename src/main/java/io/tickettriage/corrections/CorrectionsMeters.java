package io.tickettriage.corrections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.RejectReason;

/** What the corrections role counts. All tags come from closed sets, registered at the start so that each is shown at 0. */
public final class CorrectionsMeters {
    final Counter accepted;
    final Counter proposed;
    final Counter outdated;
    final Counter waiting;
    final Counter emitted;
    private final MeterRegistry registry;

    public CorrectionsMeters(MeterRegistry registry, Taxonomy taxonomy) {
        this.registry = registry;
        accepted = counter("triage.corrections.accepted", "Valid submissions");
        proposed = counter("triage.corrections.proposed", "Submissions that only propose a new label");
        outdated = counter("triage.corrections.outdated", "Submissions that an equal or later one had overtaken");
        waiting = counter("triage.corrections.waiting", "Submissions whose ticket had not been scored yet");
        emitted = counter("triage.corrections.examples", "Labelled examples written, updates included");
        RejectReason.OF_SUBMISSIONS.forEach(this::submissionRejected);
        RejectReason.OF_TICKETS.forEach(this::ticketRejected);
        for (String head : taxonomy.headNames()) {
            judged(head, true);
            judged(head, false);
        }
        expired(CorrectionJoin.SCORED_TICKETS);
        expired(CorrectionJoin.CORRECTIONS);
    }

    Counter submissionRejected(RejectReason reason) {
        return counter("triage.corrections.rejected", "Submissions sent to the DLQ", "reason", reason.name());
    }

    Counter ticketRejected(RejectReason reason) {
        String description = "Records of tickets.scored that are no scored tickets, sent to the DLQ";
        return counter("triage.corrections.tickets.rejected", description, "reason", reason.name());
    }

    Counter judged(String head, boolean right) {
        String description = "Labels that people gave to predicted heads, by whether they agree";
        String verdict = right ? "confirmed" : "contradicted";
        return counter("triage.corrections.judged", description, "head", head, "verdict", verdict);
    }

    Counter expired(String store) {
        return counter("triage.corrections.expired", "Entries removed for their age", "store", store);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
