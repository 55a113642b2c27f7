package io.tickettriage.cli.replay;

import io.tickettriage.scoring.ScoringOutcome;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where the outcomes of a replay go. */
interface ReplaySink {
    /** Keeps nothing: only the differences are of interest. */
    ReplaySink NONE = (record, source, outcome) -> {};

    /** Takes one outcome; the record's headers may be changed. */
    void take(Record<byte[], byte[]> record, Source source, ScoringOutcome outcome) throws IOException;

    /** Waits until everything has arrived, and fails if it has not. */
    default void finish() {}

    /** Where a record was read. */
    record Source(String topic, int partition, long offset) implements RecordMetadata {}

    /** Scored tickets as JSON Lines; rejected records are only counted. */
    static ReplaySink file(OutputStream out) {
        return (record, source, outcome) -> {
            if (outcome instanceof ScoringOutcome.Scored scored) {
                out.write(scored.json());
                out.write('\n');
            }
        };
    }
}
