package io.tickettriage.verify.history;

import static io.tickettriage.verify.history.Violation.Kind.DOUBLED;
import static io.tickettriage.verify.history.Violation.Kind.INVENTED;
import static io.tickettriage.verify.history.Violation.Kind.LOST;

import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.verify.history.History.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Judges a history: which of the program's promises it breaks, and where. A pure function. */
public final class HistoryChecker {
    private final History history;
    private final Oracle oracle;
    private final Findings findings = new Findings();
    private final DeadLetters deadLetters;
    private final TicketOutputs outputs;
    private final CorrectionOracle corrections;

    private HistoryChecker(History history, Oracle oracle) {
        this.history = history;
        this.oracle = oracle;
        this.deadLetters = new DeadLetters(history.deadLetters(), findings);
        this.outputs = new TicketOutputs(oracle, findings);
        this.corrections = new CorrectionOracle(findings);
    }

    /** Judges a history, with an oracle that knows what must come of each record. */
    public static Findings check(History history, Oracle oracle) {
        return new HistoryChecker(history, oracle).check();
    }

    private Findings check() {
        tickets();
        submissions();
        hostileScored();
        deadLetters.reportRest();
        outputs.requireOrder(history);
        corrections.compare(history);
        return findings;
    }

    private void tickets() {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> queued = byId(history.queued());
        Map<String, List<ConsumerRecord<byte[], byte[]>>> scored = byId(history.scored());
        byId(history.raw()).forEach((id, inputs) -> {
            List<ConsumerRecord<byte[], byte[]>> inQueues = take(queued, id);
            int dead = inputs.stream().mapToInt(this::deadTickets).sum();
            requireOnePlace(inputs, inQueues, dead);
            // A producer that repeats itself is the only way to several inputs of one id; they are all the same.
            outputs.compare(inputs.get(0), inQueues, take(scored, id));
        });
        Stream.concat(queued.values().stream(), scored.values().stream())
                .flatMap(Collection::stream)
                .forEach(output ->
                        findings.add(INVENTED, SourcePosition.of(output).toString(), "no input has its id"));
    }

    private int deadTickets(ConsumerRecord<byte[], byte[]> input) {
        List<ConsumerRecord<byte[], byte[]>> dead = deadLetters.take(input);
        dead.forEach(
                letter -> deadLetters.compare(letter, input, oracle.ticket(input), Source.HOSTILE_TICKET.is(input)));
        deadLetters.requireOne(input, dead);
        return dead.size();
    }

    private void requireOnePlace(
            List<ConsumerRecord<byte[], byte[]>> inputs, List<ConsumerRecord<byte[], byte[]>> inQueues, int dead) {
        String where = SourcePosition.of(inputs.get(0)).toString();
        int places = inQueues.size() + dead;
        if (places < inputs.size()) {
            findings.add(LOST, where, "in no queue, and not on the DLQ");
        } else if (places > inputs.size() && !inQueues.isEmpty()) {
            List<String> queues = inQueues.stream()
                    .map(output -> SourcePosition.of(output).toString())
                    .toList();
            findings.add(DOUBLED, where, "in " + queues + (dead > 0 ? " and on the DLQ" : ""));
        }
    }

    private void submissions() {
        for (ConsumerRecord<byte[], byte[]> submitted : history.submissions()) {
            Oracle.Expected expected = oracle.submission(submitted);
            List<ConsumerRecord<byte[], byte[]>> dead = deadLetters.take(submitted);
            dead.forEach(letter ->
                    deadLetters.compare(letter, submitted, expected, Source.HOSTILE_SUBMISSION.is(submitted)));
            deadLetters.requireOne(submitted, dead);
            if (expected instanceof Oracle.Accepted accepted) {
                CorrectionSubmission submission = accepted.submission();
                corrections.submitted(submission);
            } else if (dead.isEmpty()) {
                findings.add(
                        LOST,
                        SourcePosition.of(submitted).toString(),
                        "a submission that is not valid, and not on the DLQ");
            }
        }
    }

    private void hostileScored() {
        for (ConsumerRecord<byte[], byte[]> input : history.hostileScored()) {
            List<ConsumerRecord<byte[], byte[]>> dead = deadLetters.take(input);
            deadLetters.requireOne(input, dead);
            if (dead.isEmpty()) {
                findings.add(LOST, SourcePosition.of(input).toString(), "no scored ticket, and not on the DLQ");
            }
        }
    }

    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> byId(
            Collection<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> byId = new LinkedHashMap<>();
        records.forEach(record -> byId.computeIfAbsent(History.id(record), id -> new ArrayList<>())
                .add(record));
        return new HashMap<>(byId);
    }

    private static <T> List<T> take(Map<String, List<T>> byId, String id) {
        List<T> taken = byId.remove(id);
        return taken == null ? List.of() : taken;
    }
}
