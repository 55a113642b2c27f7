package io.tickettriage.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/** The log of this process. */
public final class Log {
    private Log() {}

    /** Hands over every throwable that a class logs, with the name of the thread that does. */
    public static void onThrowable(Class<?> source, BiConsumer<String, Throwable> listener) {
        if (LoggerFactory.getLogger(source) instanceof Logger logger) {
            AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
                        listener.accept(event.getThreadName(), logged.getThrowable());
                    }
                }
            };
            appender.setContext(logger.getLoggerContext());
            appender.start();
            logger.addAppender(appender);
        }
    }

    /** Writes what the limit of repeated lines has left out so far, and ends the log. */
    public static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
