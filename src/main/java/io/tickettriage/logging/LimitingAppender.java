package io.tickettriage.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.tickettriage.logging.RepeatLimit.LeftOut;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Keeps floods out of the log: of warnings and errors of one kind, ten in ten seconds are written, then one line that says
 * how many more there were and what the last one was. A kind is a logger, the message before its arguments are filled in,
 * and the event's key-value pairs, such as the reason of a rejected record.
 *
 * <p>What was left out is told at the end of its ten seconds, and when this stops. Writes to the one appender it refers to.
 */
public final class LimitingAppender extends AppenderBase<ILoggingEvent> implements AppenderAttachable<ILoggingEvent> {
    private static final int LINES = 10;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    // Messages without arguments are kinds without end.
    private static final int MOST_KINDS = 1_000;

    private final AppenderAttachableImpl<ILoggingEvent> target = new AppenderAttachableImpl<>();
    private final RepeatLimit<ILoggingEvent> limit = new RepeatLimit<>(LINES, WINDOW);
    private boolean hasTimer;

    // AppenderBase calls this under its lock.
    @Override
    protected synchronized void append(ILoggingEvent event) {
        tellEnded();
        if (!event.getLevel().isGreaterOrEqual(Level.WARN) || limit.admits(kind(event), event, System.nanoTime())) {
            target.appendLoopOnAppenders(event);
            return;
        }
        // An event takes its thread's name when it is first asked for it.
        event.getThreadName();
        if (!hasTimer) {
            // Without a further event, nothing else would tell.
            hasTimer = true;
            getContext()
                    .addScheduledFuture(getContext()
                            .getScheduledExecutorService()
                            .scheduleWithFixedDelay(this::tellEnded, 1, 1, TimeUnit.SECONDS));
        }
    }

    private synchronized void tellEnded() {
        limit.ended(System.nanoTime()).forEach(this::tell);
    }

    private void tell(LeftOut<ILoggingEvent> leftOut) {
        ILoggingEvent last = leftOut.last();
        Logger logger = ((LoggerContext) getContext()).getLogger(last.getLoggerName());
        Object[] arguments = {leftOut.events(), WINDOW.toSeconds(), last.getFormattedMessage()};
        LoggingEvent line = new LoggingEvent(
                LimitingAppender.class.getName(),
                logger,
                last.getLevel(),
                "left out {} more lines like this within {} s; the last: {}",
                null,
                arguments);
        line.setThreadName(last.getThreadName());
        target.appendLoopOnAppenders(line);
    }

    /** Tells what was left out so far, and stops with the appender it refers to. */
    @Override
    public synchronized void stop() {
        if (isStarted()) {
            limit.endAll().forEach(this::tell);
        }
        super.stop();
        target.detachAndStopAllAppenders();
    }

    private String kind(ILoggingEvent event) {
        String logger = event.getLoggerName();
        String kind = logger + "\n" + event.getMessage() + "\n" + event.getKeyValuePairs();
        return limit.isFullFor(kind, MOST_KINDS) ? logger : kind;
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        target.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return target.iteratorForAppenders();
    }

    @Override
    public Appender<ILoggingEvent> getAppender(String name) {
        return target.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return target.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        target.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return target.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return target.detachAppender(name);
    }
}
