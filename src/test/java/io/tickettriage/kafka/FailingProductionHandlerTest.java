package io.tickettriage.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // A context without a record is enough here.
class FailingProductionHandlerTest {
    private final FailingProductionHandler handler = new FailingProductionHandler();
    private final ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>("t", "v".getBytes(StandardCharsets.UTF_8));

    @Test
    void shouldTryAgainWhatMayPassAndFailOnEverythingElse() {
        ErrorHandlerContext context = null;

        assertThat(handler.handleError(context, record, new NotEnoughReplicasException("later"))
                        .result())
                .isEqualTo(Result.RETRY);
        assertThat(handler.handleError(context, record, new RecordTooLargeException("never"))
                        .result())
                .isEqualTo(Result.FAIL);
        assertThat(handler.handleError(context, record, new IllegalStateException("bug"))
                        .result())
                .isEqualTo(Result.FAIL);
    }

    @Test
    void shouldTakeThePartitionsTimeWhereARecordHasNone() {
        NeverFailingTimestampExtractor extractor = new NeverFailingTimestampExtractor();
        ConsumerRecord<Object, Object> without = new ConsumerRecord<>("t", 0, 0, null, null);

        assertThat(without.timestamp()).isEqualTo(-1);
        assertThat(extractor.extract(without, 42)).isEqualTo(42);
        assertThat(extractor.extract(without, -1)).isZero();
    }
}
