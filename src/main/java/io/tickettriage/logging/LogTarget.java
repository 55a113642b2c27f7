package io.tickettriage.logging;

import ch.qos.logback.core.PropertyDefinerBase;

/** Names the appender of {@code logback.xml}: {@code FILE} where {@code TRIAGE_LOG_FILE} is set, else {@code CONSOLE}. */
public final class LogTarget extends PropertyDefinerBase {
    @Override
    public String getPropertyValue() {
        String file = System.getenv("TRIAGE_LOG_FILE");
        return file == null || file.isBlank() ? "CONSOLE" : "FILE";
    }
}
