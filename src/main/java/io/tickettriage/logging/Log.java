package io.tickettriage.logging;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The log of this process. */
public final class Log {
    private Log() {}

    /** Writes what the limit of repeated lines has left out so far, and ends the log. */
    public static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
