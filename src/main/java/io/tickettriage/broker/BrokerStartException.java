package io.tickettriage.broker;

import java.io.IOException;

/** The broker cannot start; the message names the port or directory that is in the way, and what to do. */
public final class BrokerStartException extends IOException {
    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
