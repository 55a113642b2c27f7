package io.tickettriage.cli.replay;

import io.tickettriage.cli.shared.Page;
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

    /** Counts nothing yet, and will keep at most {@code maxExamples} tickets of each kind of change. */
    ReplayDiff(String against, int maxExamples, Earlier earlier) {
        this.against = against;
        this.maxExamples = Math.max(0, maxExamples);
        this.earlier = earlier;
    }

    /**
     * What would change: of how many tickets that both sides predicted, of which the earlier prediction is missing, and how.
     *
     * @param against what gave the earlier predictions, for people
     * @param heads heads of which a label changes
     */
    record Differences(
            String against, long compared, long differ, long missing, SortedMap<String, Changes> heads, Changes queue) {
        void print(Page page) {
            page.line(
                    "compared with %s: %d of %d tickets change%s",
                    against,
                    differ,
                    compared,
                    missing == 0 ? "" : "; " + missing + " more are not there to compare with");
            heads.forEach((head, changes) -> print(page, head, changes));
            print(page, "queue", queue);
        }

        private void print(Page page, String what, Changes changes) {
            if (changes.changed() == 0) {
                return;
            }
            page.line();
            page.line("%s: %d of %d change", what, changes.changed(), compared);
            for (Change change : changes.changes()) {
                page.line("  %s -> %s: %d", change.from(), change.to(), change.n());
                change.examples().forEach(example -> page.line("    " + example.id() + "  " + example.text()));
            }
        }
    }

    /** All changes of one head, or of the queue, the most frequent first. */
    record Changes(long changed, List<Change> changes) {}

    /** What turns into what, how often, and some of the tickets. */
    record Change(String from, String to, long n, List<Example> examples) {}

    /** A ticket, cut to fit a line. */
    record Example(String id, String text) {}

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
        Stream<Example> all = Stream.concat(known.examples().stream(), Stream.of(example));
        changes.put(
                new Transition(from, to),
                new Change(from, to, known.n() + 1, all.limit(maxExamples).toList()));
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
