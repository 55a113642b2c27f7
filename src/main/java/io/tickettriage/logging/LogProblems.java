package io.tickettriage.logging;

import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;

/** Says on standard error what is wrong with the log itself, such as a file that cannot be written. */
public final class LogProblems implements StatusListener {
    @Override
    public void addStatusEvent(Status status) {
        // A warning is no problem here: one of the two appenders is never used.
        if (status.getEffectiveLevel() == Status.ERROR) {
            System.err.println("triage: log: " + status.getMessage());
        }
    }
}
