package io.tickettriage.cli;

/** Ends a command with exit code 1; the message says what was wrong, where, and what to do. No stack trace is shown. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
