package io.tickettriage.quarantine;

import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.SourcePosition;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Stands before the processor of a source topic and all that it forwards to: passes by what is in quarantine, and tells the
 * quarantine which record has ended the role.
 */
public final class GuardedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final Processor<byte[], byte[], byte[], byte[]> processor;
    private final Quarantine quarantine;
    private final String dlqSink;
    private final Runnable onPassedBy;
    private ProcessorContext<byte[], byte[]> context;

    /** Guards {@code processor}; the stub of a record that is passed by goes to {@code dlqSink}, a child of its node. */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public GuardedProcessor(
            Processor<byte[], byte[], byte[], byte[]> processor,
            Quarantine quarantine,
            String dlqSink,
            Runnable onPassedBy) {
        this.processor = processor;
        this.quarantine = quarantine;
        this.dlqSink = dlqSink;
        this.onPassedBy = onPassedBy;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> streamsContext) {
        context = streamsContext;
        processor.init(streamsContext);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (!quarantine.isEmpty()) {
            SourcePosition position = SourcePosition.of(context);
            Optional<String> reason = quarantine.reason(position);
            if (reason.isPresent()) {
                onPassedBy.run();
                context.forward(DeadLetter.stub(position, reason.get()).at(record.timestamp()), dlqSink);
                return;
            }
        }
        try {
            processor.process(record);
        } catch (RuntimeException | Error e) {
            quarantine.failed(SourcePosition.of(context), e);
            throw e;
        }
    }

    @Override
    public void close() {
        processor.close();
    }
}
