package io.tickettriage.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.testing.LogCapture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.KafkaThread;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {
    private final AtomicInteger fatal = new AtomicInteger();
    private final ThreadDeaths deaths = new ThreadDeaths(fatal::incrementAndGet);

    @Test
    void shouldSayWhichThreadHasEndedInTheLogAndInItsProblem() throws Exception {
        assertThat(deaths.problem()).isEmpty();
        try (LogCapture log = LogCapture.of(ThreadDeaths.class)) {
            Thread thread = new Thread(
                    () -> {
                        throw new IllegalStateException("a fault");
                    },
                    "progress-monitor");
            thread.setUncaughtExceptionHandler(deaths);
            thread.start();
            thread.join();

            assertThat(log.messages()).containsExactly("the thread progress-monitor has ended");
        }
        assertThat(deaths.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("progress-monitor", "IllegalState"));
        assertThat(fatal).hasValue(0);
    }

    @Test
    void shouldEndTheProcessWhereKafkasOwnThreadsRunOutOfMemory() throws Exception {
        deaths.watchKafka();
        Thread network = KafkaThread.daemon("kafka-producer-network-thread | test", () -> {
            throw new OutOfMemoryError("of a test");
        });
        network.start();
        network.join();

        assertThat(fatal).hasValue(1);
        assertThat(deaths.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("kafka-producer-network-thread | test"));
    }
}
