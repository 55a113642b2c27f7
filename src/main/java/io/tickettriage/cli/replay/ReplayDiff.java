package io.tickettriage.cli.replay;

import io.tickettriage.cli.replay.Differences.Change;
import io.tickettriage.cli.replay.Differences.Changes;
import io.tickettriage.cli.replay.Differences.Example;
import io.tickettriage.cli.shared.TerminalText;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.scoring.ScoringOutcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts what changes where other predictions take the place of earlier ones, and keeps examples. */
final class ReplayDiff implements Replay.Sink {
    private static final int EXCERPT_CHARACTERS = 80;

    private final String against;
    private final int maxExamples;
    private final Earlier earlier;
    private final SortedMap<String, Map<Transition, Change>> byHead = new TreeMap<>();
    private final Map<Transition, Change> byQueue = new HashMap<>();
    private long compared;
    private long missing;
    private long differing;

    /**
     * Counts nothing yet.
     *
     * @param against what gave the earlier predictions, for people
     * @param maxExamples how many tickets are kept of each kind of change
     */
    ReplayDiff(String against, int maxExamples, Earlier earlier) {
        this.against = against;
        this.maxExamples = maxExamples;
        this.earlier = earlier;
    }

    /** Knows what was predicted earlier for a ticket; empty where nothing was. */
    interface Earlier {
        Optional<Labels> of(ConsumerRecord<byte[], byte[]> record, ScoredTicket now);
    }

    /** What was predicted for a ticket, without the numbers. */
    record Labels(SortedMap<String, String> byHead, String queue) {
        static Labels of(ScoredTicket scored) {
            SortedMap<String, String> byHead = new TreeMap<>();
            scored.prediction()
                    .heads()
                    .forEach(answer -> byHead.put(answer.head().name(), answer.label()));
            return new Labels(byHead, scored.routing().queue());
        }

        static Labels of(ScoredRecord scored) {
            return new Labels(scored.labels(), scored.routing().queue());
        }
    }

    private record Transition(String from, String to) {}

    /** Counts a ticket. Heads that only one side has do not count. */
    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, ScoringOutcome outcome) {
        if (outcome instanceof ScoringOutcome.Scored scored) {
            earlier.of(record, scored.ticket())
                    .ifPresentOrElse(before -> count(before, scored.ticket()), () -> missing++);
        }
    }

    private void count(Labels before, ScoredTicket scored) {
        Labels after = Labels.of(scored);
        Example example = new Example(
                TerminalText.of(scored.ticket().id(), EXCERPT_CHARACTERS),
                TerminalText.of(scored.ticket().text(), EXCERPT_CHARACTERS));
        boolean differs = !before.queue().equals(after.queue());
        if (differs) {
            count(byQueue, before.queue(), after.queue(), example);
        }
        for (Map.Entry<String, String> label : after.byHead().entrySet()) {
            String old = before.byHead().getOrDefault(label.getKey(), label.getValue());
            if (!old.equals(label.getValue())) {
                count(byHead.computeIfAbsent(label.getKey(), h -> new HashMap<>()), old, label.getValue(), example);
                differs = true;
            }
        }
        compared++;
        differing += differs ? 1 : 0;
    }

    private void count(Map<Transition, Change> changes, String from, String to, Example example) {
        Change known = changes.getOrDefault(new Transition(from, to), new Change(from, to, 0, List.of()));
        Stream<Example> examples = Stream.concat(known.examples().stream(), Stream.of(example));
        Change more = new Change(
                from,
                to,
                known.n() + 1,
                examples.limit(Math.max(0, maxExamples)).toList());
        changes.put(new Transition(from, to), more);
    }

    /** What was counted so far. */
    Differences result() {
        SortedMap<String, Changes> heads = new TreeMap<>();
        byHead.forEach((head, changes) -> heads.put(head, sorted(changes)));
        return new Differences(against, compared, differing, missing, heads, sorted(byQueue));
    }

    /** The most frequent changes first. */
    private static Changes sorted(Map<Transition, Change> counted) {
        Comparator<Change> mostFrequent = Comparator.comparingLong(Change::n).reversed();
        List<Change> changes = counted.values().stream()
                .sorted(mostFrequent.thenComparing(Change::from).thenComparing(Change::to))
                .toList();
        return new Changes(changes.stream().mapToLong(Change::n).sum(), changes);
    }
}
