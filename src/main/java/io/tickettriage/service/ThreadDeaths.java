package io.tickettriage.service;

import io.tickettriage.logging.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.KafkaThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what ends a thread that nobody else watches, such as those of Kafka's clients for the network: it is logged, it is
 * a problem of health from then on, and where the JVM itself is in trouble the process ends.
 */
final class ThreadDeaths implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(20);

    private final Runnable onFatal;
    private final CountDownLatch fatal = new CountDownLatch(1);
    private volatile Optional<String> problem = Optional.empty();

    /** Calls {@code onFatal}, which must not block, when the process should end. */
    ThreadDeaths(Runnable onFatal) {
        this.onFatal = onFatal;
    }

    /** Watches all threads of this process from now on. */
    void watchAll() {
        Thread.setDefaultUncaughtExceptionHandler(this);
        watchKafka();
        // Made in advance: without memory, nothing can be. An orderly end may need some, too.
        Thread lastResort = new Thread(this::haltWhenFatal, "last-resort");
        lastResort.setDaemon(true);
        lastResort.start();
    }

    /** Kafka gives its threads a handler of its own, which only logs. */
    void watchKafka() {
        Log.onThrowable(KafkaThread.class, this::died);
    }

    private void haltWhenFatal() {
        try {
            fatal.await();
            // Not by a scheduler, which would need memory now.
            Thread.sleep(TIME_TO_CLOSE.toMillis());
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            LOG.warn("interrupted, nobody ends a process that cannot close");
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        LOG.error("the thread {} has ended", thread.getName(), e);
        died(thread.getName(), e);
    }

    private void died(String thread, Throwable e) {
        problem = Optional.of("the thread " + thread + " has ended ("
                + e.getClass().getSimpleName() + "); the log has the details, and only a restart helps");
        if (e instanceof VirtualMachineError) {
            onFatal.run();
            fatal.countDown();
        }
    }

    /** Which thread has ended; empty while none has. */
    Optional<String> problem() {
        return problem;
    }
}
