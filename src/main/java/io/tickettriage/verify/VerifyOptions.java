package io.tickettriage.verify;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a history is run.
 *
 * @param groupProtocol {@code classic} or {@code streams}
 * @param spared how many instances no fault ends
 * @param directory where data and logs are kept
 */
public record VerifyOptions(
        long seed,
        Duration duration,
        int brokers,
        int instances,
        int spared,
        int ticketsPerSecond,
        String groupProtocol,
        Path directory) {}
