package io.tickettriage.cli.replay;

import io.tickettriage.message.ScoredRecord;
import io.tickettriage.message.ScoredTicket;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a model predicted for a ticket, head → label, without the numbers. */
record PredictedLabels(SortedMap<String, String> labels, String queue) {
    PredictedLabels {
        labels = new TreeMap<>(labels);
    }

    static PredictedLabels of(ScoredTicket scored) {
        SortedMap<String, String> labels = new TreeMap<>();
        scored.prediction().heads().forEach(answer -> labels.put(answer.head().name(), answer.label()));
        return new PredictedLabels(labels, scored.routing().queue());
    }

    static PredictedLabels of(ScoredRecord scored) {
        return new PredictedLabels(scored.labels(), scored.routing().queue());
    }
}
