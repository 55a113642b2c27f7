package io.tickettriage.cli.replay;

import io.tickettriage.scoring.ScoringOutcome;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where the outcomes of a replay go. */
interface ReplaySink {
    /** Keeps nothing: only the differences are of interest. */
    ReplaySink NONE = (record, outcome) -> {};

    /** Takes the outcome of a record. */
    void take(ConsumerRecord<byte[], byte[]> record, ScoringOutcome outcome) throws IOException;

    /** Waits until everything has arrived, and fails if it has not. */
    default void finish() {}

    /** Scored tickets as JSON Lines; rejected records are only counted. */
    static ReplaySink file(OutputStream out) {
        return (record, outcome) -> {
            if (outcome instanceof ScoringOutcome.Scored scored) {
                out.write(scored.json());
                out.write('\n');
            }
        };
    }
}
