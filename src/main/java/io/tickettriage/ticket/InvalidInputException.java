package io.tickettriage.ticket;

/** Ends the reading of one value; the message says to people what was wrong, by positions and names, never its text. */
public final class InvalidInputException extends Exception {
    private final RejectReason reason;

    public InvalidInputException(RejectReason reason, String detail) {
        super(detail, null, false, false); // Thrown for every reject, so without a stack trace.
        this.reason = reason;
    }

    public RejectReason reason() {
        return reason;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
