package io.tickettriage.corrections;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards each record to one child of its node, and so to no other. */
final class ForwardingProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final String child;

    ForwardingProcessor(String child) {
        this.child = child;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        context().forward(record, child);
    }
}
