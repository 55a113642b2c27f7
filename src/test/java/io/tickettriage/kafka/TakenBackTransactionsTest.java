package io.tickettriage.kafka;

import static io.tickettriage.kafka.TakenBackTransactions.MOST_REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TakenBackTransactionsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger repeated = new AtomicInteger();
    private final TakenBackTransactions takenBack = new TakenBackTransactions(repeated::incrementAndGet, nanos::get);

    @Test
    void shouldHaveItRepeatedAsAFencedProducerWould() {
        KafkaException failure = new KafkaException("in an error state", new InvalidTxnStateException("not valid"));

        assertThat(takenBack.afterFailure(failure))
                .isInstanceOf(ProducerFencedException.class)
                .hasCause(failure);
        assertThat(repeated).hasValue(1);
    }

    @Test
    void shouldLeaveAnyOtherFailureAsItIs() {
        KafkaException failure = new TimeoutException("of a test");

        assertThat(takenBack.afterFailure(failure)).isSameAs(failure);
        assertThat(takenBack.afterFailedAbort(failure)).isSameAs(failure);
        assertThat(repeated).hasValue(0);
    }

    @Test
    void shouldGiveUpWhereItHappensAgainAndAgain() {
        KafkaException failure = new InvalidTxnStateException("not valid");
        for (int i = 0; i < MOST_REPEATED; i++) {
            assertThat(takenBack.afterFailure(failure)).isNotSameAs(failure);
            assertThat(takenBack.afterFailedAbort(failure)).isInstanceOf(ProducerFencedException.class);
        }
        assertThat(takenBack.afterFailure(failure)).isSameAs(failure);

        nanos.addAndGet(TakenBackTransactions.WINDOW.toNanos() + 1);
        assertThat(takenBack.afterFailure(failure)).isNotSameAs(failure);
        assertThat(repeated).hasValue(MOST_REPEATED + 1);
    }
}
