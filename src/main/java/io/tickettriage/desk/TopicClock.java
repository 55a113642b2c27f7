package io.tickettriage.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time on the broker that stamps a topic's records, as far as records of our own tell it: claims begin and end by that
 * clock, and this machine's may be minutes away from it. For use by several threads.
 */
final class TopicClock implements InstantSource {
    private final InstantSource own;
    private volatile Duration ahead = Duration.ZERO;

    /** A clock that shows this machine's time until it has heard the broker's. */
    TopicClock(InstantSource own) {
        this.own = own;
    }

    /** Hears that a record that was written just now has this time. */
    void hear(Instant recordTime) {
        ahead = Duration.between(own.instant(), recordTime);
    }

    @Override
    public Instant instant() {
        return own.instant().plus(ahead);
    }
}
