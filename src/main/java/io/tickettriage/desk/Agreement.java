package io.tickettriage.desk;

import io.tickettriage.message.LabelledExample;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often people gave the label that the model had predicted: per head and predicted label, and per person. Made of the
 * labelled examples, confirmations included; the tickets judged longest ago are forgotten first. Not for use by several
 * threads.
 */
final class Agreement {
    /** Of the longest time that is asked about, a day, a large team judges fewer. */
    private static final int MAX_EXAMPLES = 20_000;
    /** What anybody may write to the topic is not kept where it is longer. */
    private static final int MAX_CHARACTERS = 8_000;

    /** From how many judgements on a person can stand out. */
    private static final int ENOUGH = 10;

    /** Of one head: how often people confirmed its labels, all together and each. */
    record OfHead(Share overall, Map<String, Share> labels) {}

    /**
     * Of one person.
     *
     * @param decisions the labels given
     * @param outlier whether the interval of this person's share lies wholly beside the share of all the others
     */
    record OfPerson(String by, long decisions, Share agreement, boolean outlier) {}

    /** Who gave a label, and when. */
    record Given(String by, Instant at) {}

    /** An example without its text. */
    record Judged(Map<String, String> labels, Map<String, String> predicted, Map<String, Given> corrected) {
        /** Thousands are kept: their few names and labels are kept once. */
        static Judged of(LabelledExample example) {
            Map<String, Given> corrected = new TreeMap<>();
            example.corrected().forEach((head, given) -> {
                if (given != null) {
                    corrected.put(head.intern(), new Given(given.by().intern(), time(given.at())));
                }
            });
            return new Judged(interned(example.labels()), interned(example.predicted()), corrected);
        }

        private static Instant time(String at) {
            try {
                return Instant.parse(at);
            } catch (DateTimeException e) { // Written by an older version, or by hand: it counts.
                return Instant.MAX;
            }
        }

        private static Map<String, String> interned(Map<String, String> labels) {
            Map<String, String> interned = new TreeMap<>();
            labels.forEach((head, label) -> interned.put(head.intern(), label.intern()));
            return interned;
        }
    }

    private record Judgement(String head, String predicted, String given, String by) {
        boolean confirms() {
            return predicted.equals(given);
        }
    }

    private static final class Tally {
        private long hits;
        private long n;

        void count(boolean hit) {
            hits += hit ? 1 : 0;
            n++;
        }

        Share share() {
            return Share.of(hits, n);
        }
    }

    private final LinkedHashMap<String, Judged> byTicket = new LinkedHashMap<>();

    /** The example of a ticket is this one from now on. */
    void put(String ticketId, LabelledExample example) {
        byTicket.remove(ticketId);
        Judged judged = Judged.of(example);
        if (judged.toString().length() > MAX_CHARACTERS) {
            return;
        }
        byTicket.put(ticketId, judged);
        if (byTicket.size() > MAX_EXAMPLES) {
            byTicket.remove(byTicket.keySet().iterator().next());
        }
    }

    void remove(String ticketId) {
        byTicket.remove(ticketId);
    }

    Optional<Judged> of(String ticketId) {
        return Optional.ofNullable(byTicket.get(ticketId));
    }

    /** By head, for the labels given since a time. */
    Map<String, OfHead> byHead(Instant since) {
        Map<String, Tally> heads = new TreeMap<>();
        Map<String, Map<String, Tally>> labels = new HashMap<>();
        for (Judgement judgement : judgements(since)) {
            heads.computeIfAbsent(judgement.head(), head -> new Tally()).count(judgement.confirms());
            labels.computeIfAbsent(judgement.head(), head -> new TreeMap<>())
                    .computeIfAbsent(judgement.predicted(), label -> new Tally())
                    .count(judgement.confirms());
        }
        Map<String, OfHead> agreement = new LinkedHashMap<>();
        heads.forEach((head, tally) ->
                agreement.put(head, new OfHead(tally.share(), shares(labels.getOrDefault(head, Map.of())))));
        return agreement;
    }

    private static Map<String, Share> shares(Map<String, Tally> tallies) {
        Map<String, Share> shares = new LinkedHashMap<>();
        tallies.forEach((label, tally) -> shares.put(label, tally.share()));
        return shares;
    }

    /** By person, for the labels given since a time. */
    List<OfPerson> byPerson(Instant since) {
        Map<String, Tally> people = new TreeMap<>();
        Tally all = new Tally();
        for (Judgement judgement : judgements(since)) {
            people.computeIfAbsent(judgement.by(), by -> new Tally()).count(judgement.confirms());
            all.count(judgement.confirms());
        }
        List<OfPerson> list = new ArrayList<>();
        people.forEach((by, tally) -> {
            Double others = Share.of(all.hits - tally.hits, all.n - tally.n).share();
            Share own = tally.share();
            boolean outlier = others != null && tally.n >= ENOUGH && (others < own.low() || others > own.high());
            list.add(new OfPerson(by, tally.n, own, outlier));
        });
        return list;
    }

    private List<Judgement> judgements(Instant since) {
        List<Judgement> judgements = new ArrayList<>();
        for (Judged judged : byTicket.values()) {
            judged.corrected().forEach((head, given) -> {
                String predicted = judged.predicted().get(head);
                String label = judged.labels().get(head);
                if (predicted != null && label != null && !given.at().isBefore(since)) {
                    judgements.add(new Judgement(head, predicted, label, given.by()));
                }
            });
        }
        return judgements;
    }
}
