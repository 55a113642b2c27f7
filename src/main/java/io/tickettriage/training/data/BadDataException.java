package io.tickettriage.training.data;

import java.io.IOException;

/** Data that cannot be used; the message names the file, the line where there is one, what is wrong and what to do. */
public final class BadDataException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An error of a whole file or of the data as a whole. */
    public BadDataException(String message) {
        super(message);
    }

    /** An error in a line, counted from 1. */
    public BadDataException(String file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
