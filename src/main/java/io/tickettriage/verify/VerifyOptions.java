package io.tickettriage.verify;

import io.tickettriage.verify.cluster.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a history is run.
 *
 * @param groupProtocol {@code classic} or {@code streams}
 * @param spared how many instances no fault ends
 * @param directory where data and logs are kept
 * @param upgradeFrom what the instances run until they are upgraded one by one; empty for this build throughout
 */
public record VerifyOptions(
        long seed,
        Duration duration,
        int brokers,
        int instances,
        int spared,
        int ticketsPerSecond,
        String groupProtocol,
        Path directory,
        Optional<Installation> upgradeFrom) {}
