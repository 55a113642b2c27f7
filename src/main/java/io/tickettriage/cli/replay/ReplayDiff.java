package io.tickettriage.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.TerminalText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What changes when other answers take the place of those there were: counted, with examples. */
final class ReplayDiff {
    private static final String QUEUE = "queue";
    private static final int EXCERPT = 80;

    private final String against;
    private final int maxExamples;
    private final Map<Change, Cases> changes = new HashMap<>();
    private long compared;
    private long missing;
    private long differing;

    /**
     * Counts nothing yet.
     *
     * @param against what gave the answers there were, for people
     * @param maxExamples how many tickets are kept of each kind of change
     */
    ReplayDiff(String against, int maxExamples) {
        this.against = against;
        this.maxExamples = maxExamples;
    }

    /** One kind of change: a head, or {@code queue}, and what turns into what. */
    private record Change(String what, String from, String to) {}

    private record Example(String id, String text) {}

    private static final class Cases {
        private long count;
        private final List<Example> examples = new ArrayList<>();
    }

    /** Counts a ticket that has no earlier answers. */
    void addMissing() {
        missing++;
    }

    /** Counts a ticket. Heads that only one side has do not count. */
    void add(String id, String text, PredictedLabels before, PredictedLabels after) {
        compared++;
        boolean differs = false;
        for (Map.Entry<String, String> label : after.labels().entrySet()) {
            String old = before.labels().getOrDefault(label.getKey(), label.getValue());
            differs |= count(new Change(label.getKey(), old, label.getValue()), id, text);
        }
        differs |= count(new Change(QUEUE, before.queue(), after.queue()), id, text);
        differing += differs ? 1 : 0;
    }

    private boolean count(Change change, String id, String text) {
        if (change.from().equals(change.to())) {
            return false;
        }
        Cases cases = changes.computeIfAbsent(change, key -> new Cases());
        cases.count++;
        if (cases.examples.size() < maxExamples) {
            cases.examples.add(new Example(TerminalText.of(id, EXCERPT), TerminalText.of(text, EXCERPT)));
        }
        return true;
    }

    /** Prints it for a person, the most frequent changes first. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "compared with %s: %d of %d tickets change%s%n",
                against,
                differing,
                compared,
                missing == 0 ? "" : "; " + missing + " more are not there to compare with");
        for (String what : heads()) {
            print(out, what);
        }
        print(out, QUEUE);
    }

    private void print(PrintWriter out, String what) {
        List<Map.Entry<Change, Cases>> all = of(what);
        if (all.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%n%s: %d of %d change%n", what, total(all), compared);
        for (Map.Entry<Change, Cases> entry : all) {
            out.printf(
                    Locale.ROOT,
                    "  %s -> %s: %d%n",
                    entry.getKey().from(),
                    entry.getKey().to(),
                    entry.getValue().count);
            entry.getValue().examples.forEach(example -> out.println("    " + example.id() + "  " + example.text()));
        }
    }

    /** The same for scripts. */
    ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("against", against)
                .put("compared", compared)
                .put("differ", differing)
                .put("missing", missing);
        ObjectNode heads = root.putObject("heads");
        heads().forEach(head -> heads.set(head, toJson(head)));
        root.set(QUEUE, toJson(QUEUE));
        return root;
    }

    private ObjectNode toJson(String what) {
        List<Map.Entry<Change, Cases>> all = of(what);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("changed", total(all));
        ArrayNode list = node.putArray("changes");
        for (Map.Entry<Change, Cases> entry : all) {
            ObjectNode change = list.addObject();
            change.put("from", entry.getKey().from())
                    .put("to", entry.getKey().to())
                    .put("n", entry.getValue().count);
            ArrayNode examples = change.putArray("examples");
            entry.getValue()
                    .examples
                    .forEach(e -> examples.addObject().put("id", e.id()).put("text", e.text()));
        }
        return node;
    }

    private SortedSet<String> heads() {
        SortedSet<String> heads = new TreeSet<>();
        changes.keySet().forEach(change -> heads.add(change.what()));
        heads.remove(QUEUE);
        return heads;
    }

    private List<Map.Entry<Change, Cases>> of(String what) {
        return changes.entrySet().stream()
                .filter(entry -> entry.getKey().what().equals(what))
                .sorted(Comparator.comparingLong((Map.Entry<Change, Cases> entry) -> -entry.getValue().count)
                        .thenComparing(entry -> entry.getKey().from())
                        .thenComparing(entry -> entry.getKey().to()))
                .toList();
    }

    private static long total(List<Map.Entry<Change, Cases>> all) {
        return all.stream().mapToLong(entry -> entry.getValue().count).sum();
    }
}
