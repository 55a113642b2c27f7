package io.tickettriage.topics;

import java.io.IOException;

/** Topics could not be read or changed, or are not as the program needs them; the message says what to do. */
public final class TopicsFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    TopicsFailedException(String message) {
        super(message);
    }

    TopicsFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
