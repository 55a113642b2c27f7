package io.tickettriage.cli.topics;

import io.tickettriage.topics.TopicChange;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A change of a topic as the commands print it. */
record ChangeLine(String topic, String change, String safety) {
    static List<ChangeLine> of(Collection<TopicChange> changes) {
        return changes.stream()
                .map(change -> new ChangeLine(
                        change.topic(),
                        change.describe(),
                        change.safety().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    String text() {
        return topic + ": " + change;
    }

    /** What it takes to apply the change, after its text. */
    String condition() {
        return safety.equals("loses_data") ? "; needs --allow-data-loss" : "";
    }

    static String nothingToDo(int topics) {
        return "The cluster has all " + topics + " topics as the catalogue wants them.";
    }
}
