package io.tickettriage.cli.replay;

import io.tickettriage.cli.replay.Differences.Change;
import io.tickettriage.cli.replay.Differences.Changes;
import io.tickettriage.cli.replay.Differences.Example;
import io.tickettriage.cli.shared.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what changes where other predictions take the place of earlier ones, and keeps examples. */
final class ReplayDiff {
    private static final int EXCERPT_CHARACTERS = 80;

    private final String against;
    private final int maxExamples;
    private final SortedMap<String, Map<Transition, Cases>> byHead = new TreeMap<>();
    private final Map<Transition, Cases> byQueue = new HashMap<>();
    private long compared;
    private long missing;
    private long differing;

    /**
     * Counts nothing yet.
     *
     * @param against what gave the earlier predictions, for people
     * @param maxExamples how many tickets are kept of each kind of change
     */
    ReplayDiff(String against, int maxExamples) {
        this.against = against;
        this.maxExamples = maxExamples;
    }

    private record Transition(String from, String to) {}

    private static final class Cases {
        private long count;
        private final List<Example> examples = new ArrayList<>();
    }

    /** Counts a ticket that has no earlier prediction. */
    void addMissing() {
        missing++;
    }

    /** Counts a ticket. Heads that only one side has do not count. */
    void add(String id, String text, PredictedLabels before, PredictedLabels after) {
        compared++;
        Example example =
                new Example(TerminalText.of(id, EXCERPT_CHARACTERS), TerminalText.of(text, EXCERPT_CHARACTERS));
        boolean differs = false;
        for (Map.Entry<String, String> label : after.labels().entrySet()) {
            String old = before.labels().getOrDefault(label.getKey(), label.getValue());
            if (!old.equals(label.getValue())) {
                count(byHead.computeIfAbsent(label.getKey(), h -> new HashMap<>()), old, label.getValue(), example);
                differs = true;
            }
        }
        if (!before.queue().equals(after.queue())) {
            count(byQueue, before.queue(), after.queue(), example);
            differs = true;
        }
        differing += differs ? 1 : 0;
    }

    private void count(Map<Transition, Cases> changes, String from, String to, Example example) {
        Cases cases = changes.computeIfAbsent(new Transition(from, to), t -> new Cases());
        cases.count++;
        if (cases.examples.size() < maxExamples) {
            cases.examples.add(example);
        }
    }

    /** What was counted so far. */
    Differences result() {
        SortedMap<String, Changes> heads = new TreeMap<>();
        byHead.forEach((head, changes) -> heads.put(head, sorted(changes)));
        return new Differences(against, compared, differing, missing, heads, sorted(byQueue));
    }

    /** The most frequent changes first. */
    private static Changes sorted(Map<Transition, Cases> counted) {
        List<Change> changes = new ArrayList<>();
        counted.forEach((t, cases) -> changes.add(new Change(t.from(), t.to(), cases.count, cases.examples)));
        changes.sort(Comparator.comparingLong((Change change) -> -change.n())
                .thenComparing(Change::from)
                .thenComparing(Change::to));
        return new Changes(changes.stream().mapToLong(Change::n).sum(), changes);
    }
}
