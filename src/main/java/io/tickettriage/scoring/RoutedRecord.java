package io.tickettriage.scoring;

import org.jspecify.annotations.Nullable;

/** A record on its way from the processor to its topics. */
sealed interface RoutedRecord {
    /** What is written. */
    byte @Nullable [] value();

    /** A scored ticket, for a queue and for the topic of all scored tickets. */
    record Queued(String queue, byte[] value) implements RoutedRecord {}

    /** A ticket about which the challenger disagrees, for the shadow topic. */
    record Disputed(byte[] value) implements RoutedRecord {}

    /** A record that is no ticket, for the DLQ; {@code value} is null where it came so. */
    record DeadLettered(byte @Nullable [] value) implements RoutedRecord {}
}
