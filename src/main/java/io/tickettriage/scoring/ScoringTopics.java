package io.tickettriage.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The topics between which tickets are scored, by their full names.
 *
 * @param raw where tickets come from
 * @param scored every scored ticket
 * @param dlq records that are no tickets
 * @param shadow tickets about which the challenger disagrees
 * @param queuePrefix the name of a queue's topic without the queue
 * @param queues the queues that exist, {@code review} among them
 */
public record ScoringTopics(
        String raw, String scored, String dlq, String shadow, String queuePrefix, SortedSet<String> queues) {
    /** Copies the queues. */
    public ScoringTopics {
        queues = new TreeSet<>(queues);
    }

    /** The topic of a queue. */
    public String queue(String queue) {
        return queuePrefix + queue;
    }

    /** All of them. */
    public List<String> all() {
        List<String> all = new ArrayList<>(List.of(raw, scored, dlq, shadow));
        queues.forEach(queue -> all.add(queue(queue)));
        return all;
    }
}
