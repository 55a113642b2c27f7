package io.tickettriage.cli.shared;

/** Ends a command with exit code 1; the message says what was wrong, where, and what to do. No stack trace is shown. */
public final class CommandFailedException extends RuntimeException {
    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
