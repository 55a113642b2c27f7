package io.tickettriage.verify;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param at when, from the start of the history
 * @param target which broker or instance, from 0; for models, which one
 * @param length how long it stays; zero for what happens at once
 */
public record Fault(Duration at, Kind kind, int target, Duration length) implements Comparable<Fault> {
    /** What a fault is about; faults of one track follow one another. */
    public enum Track {
        BROKERS,
        INSTANCES,
        INPUTS
    }

    public enum Kind {
        KILL_BROKER(Track.BROKERS, 1, 6),
        PAUSE_BROKER(Track.BROKERS, 2, 8),
        REFUSE_CONNECTIONS(Track.BROKERS, 2, 8),
        LOSE_PACKETS(Track.BROKERS, 3, 10),
        KILL_INSTANCE(Track.INSTANCES, 0, 3),
        PAUSE_INSTANCE(Track.INSTANCES, 2, 12),
        RESTART_INSTANCE(Track.INSTANCES, 0, 1),
        ADD_INSTANCE(Track.INSTANCES, 8, 12),
        FILL_DISK(Track.INSTANCES, 8, 12),
        /** Once for each instance of an earlier build; in no other history. */
        UPGRADE_INSTANCE(Track.INSTANCES, 0, 0),
        HOSTILE_RECORDS(Track.INPUTS, 0, 0),
        HOSTILE_MODEL(Track.INPUTS, 0, 0),
        SWAP_MODEL(Track.INPUTS, 0, 0);

        private final Track track;
        private final int minSeconds;
        private final int maxSeconds;

        Kind(Track track, int minSeconds, int maxSeconds) {
            this.track = track;
            this.minSeconds = minSeconds;
            this.maxSeconds = maxSeconds;
        }

        public Track track() {
            return track;
        }

        /** Whether it is input that the promise is about, and that an earlier build may not have withstood. */
        boolean isHostile() {
            return this == HOSTILE_RECORDS || this == HOSTILE_MODEL;
        }

        /** Whether it happens to one of several. */
        boolean hasTarget() {
            return this != ADD_INSTANCE && this != HOSTILE_RECORDS && this != HOSTILE_MODEL;
        }

        Duration length(double share) {
            return Duration.ofMillis(Math.round(1_000 * (minSeconds + share * (maxSeconds - minSeconds))));
        }

        /** Its name for people and JSON: {@code kill broker}. */
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    @Override
    public int compareTo(Fault other) {
        return at.compareTo(other.at);
    }

    @Override
    public String toString() {
        String text = String.format(Locale.ROOT, "%6.1f s  %s", at.toMillis() / 1e3, kind.title());
        text = kind.hasTarget() ? text + " " + (target + 1) : text;
        return length.isZero() ? text : text + String.format(Locale.ROOT, " for %.1f s", length.toMillis() / 1e3);
    }
}
