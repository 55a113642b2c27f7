package io.tickettriage.quarantine;

import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.StreamsClients;
import io.tickettriage.kafka.TakenBackTransactions;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;

/** The clients of Kafka Streams with a main consumer that does not read what cannot be read. */
public final class SkippingClients extends StreamsClients {
    private final Set<SourcePosition> unreadable;

    public SkippingClients(Set<SourcePosition> unreadable, TakenBackTransactions takenBack) {
        super(takenBack);
        this.unreadable = Set.copyOf(unreadable);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new SkippingConsumer(config, unreadable);
    }
}
