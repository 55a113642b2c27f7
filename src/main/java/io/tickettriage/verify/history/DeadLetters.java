package io.tickettriage.verify.history;

import static io.tickettriage.verify.history.Violation.Kind.DEAD_LETTER_WRONG;
import static io.tickettriage.verify.history.Violation.Kind.DOUBLED;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.SourcePosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The dead letters by the positions of their inputs, each taken once by the check of its input. */
final class DeadLetters {
    private static final String QUARANTINED = "QUARANTINED";

    private final Map<SourcePosition, List<ConsumerRecord<byte[], byte[]>>> bySource = new HashMap<>();
    private final Findings findings;

    DeadLetters(Collection<ConsumerRecord<byte[], byte[]>> records, Findings findings) {
        this.findings = findings;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            bySource.computeIfAbsent(source(record), position -> new ArrayList<>())
                    .add(record);
        }
    }

    private static SourcePosition source(ConsumerRecord<?, ?> record) {
        return new SourcePosition(
                HeaderNames.text(record.headers(), HeaderNames.ERROR_TOPIC),
                number(HeaderNames.text(record.headers(), HeaderNames.ERROR_PARTITION)),
                number(HeaderNames.text(record.headers(), HeaderNames.ERROR_OFFSET)));
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }

    /** The dead letters of an input, which are then accounted for. */
    List<ConsumerRecord<byte[], byte[]>> take(ConsumerRecord<byte[], byte[]> input) {
        List<ConsumerRecord<byte[], byte[]>> taken = bySource.remove(SourcePosition.of(input));
        return taken == null ? List.of() : taken;
    }

    /** Compares a dead letter with its input and with the reason there should be; a hostile input may be passed by. */
    void compare(
            ConsumerRecord<byte[], byte[]> dead,
            ConsumerRecord<byte[], byte[]> input,
            Oracle.Expected expected,
            boolean hostile) {
        String reason = HeaderNames.text(dead.headers(), HeaderNames.REJECT_REASON);
        String where = SourcePosition.of(input).toString();
        if (reason.equals(QUARANTINED) && hostile) {
            findings.quarantined();
            return;
        }
        String wanted = expected instanceof Oracle.Rejected rejected ? rejected.reason() : "no dead letter";
        if (!reason.equals(wanted)) {
            findings.add(DEAD_LETTER_WRONG, where, "reason " + reason + ", expected " + wanted);
        } else if (!isCopy(dead.key(), input.key(), SizeLimits.ENVELOPE_BYTES)
                || !isCopy(dead.value(), input.value(), SizeLimits.DEAD_LETTER_BYTES)) {
            findings.add(DEAD_LETTER_WRONG, where, "key or value is not that of the input");
        }
    }

    private static boolean isCopy(byte @Nullable [] copy, byte @Nullable [] original, int limit) {
        return original == null || original.length <= limit
                ? Arrays.equals(copy, original)
                : copy != null && Arrays.equals(copy, Arrays.copyOf(original, limit));
    }

    /** Reports the dead letters that no input has taken. */
    void reportRest() {
        bySource.forEach((source, records) -> findings.add(
                DEAD_LETTER_WRONG,
                SourcePosition.of(records.get(0)).toString(),
                "names " + source + ", where nothing was rejected"));
    }

    /** Reports an input that has more than one. */
    void requireOne(ConsumerRecord<byte[], byte[]> input, List<ConsumerRecord<byte[], byte[]>> dead) {
        if (dead.size() > 1) {
            findings.add(DOUBLED, SourcePosition.of(input).toString(), dead.size() + " dead letters");
        }
    }
}
