package io.tickettriage.desk;

/** A topic has not acknowledged a record in time, or refused it; the record may be there all the same. */
public final class NotAcknowledgedException extends Exception {
    private static final long serialVersionUID = 1;

    NotAcknowledgedException(String topic, Throwable cause) {
        super(topic + " has not acknowledged this: " + cause, cause);
    }
}
