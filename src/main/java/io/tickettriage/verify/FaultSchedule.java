package io.tickettriage.verify;

import io.tickettriage.verify.Fault.Kind;
import io.tickettriage.verify.Fault.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The faults of one history, a pure function of seed, length and size: in each track one after another, every kind before any
 * comes a second time.
 */
public record FaultSchedule(List<Fault> faults) {
    private static final Duration QUIET_BEGIN = Duration.ofSeconds(4);
    private static final Duration QUIET_END = Duration.ofSeconds(4);

    public FaultSchedule {
        faults = faults.stream().sorted().toList();
    }

    /**
     * Draws the faults.
     *
     * @param spared how many instances, the first ones, are never ended, so that growth over time can be seen in them
     */
    public static FaultSchedule of(long seed, Duration duration, int brokers, int instances, int spared) {
        List<Fault> faults = new ArrayList<>();
        for (Track track : Track.values()) {
            Random random = new Random(31 * seed + track.name().hashCode());
            Duration at = QUIET_BEGIN.plusMillis(random.nextInt(2_000));
            while (at.compareTo(duration) < 0) {
                for (Kind kind : shuffled(track, random)) {
                    Duration length = kind.length(random.nextDouble());
                    int target =
                            switch (track) {
                                case BROKERS -> random.nextInt(brokers);
                                case INSTANCES -> spared + random.nextInt(Math.max(1, instances - spared));
                                case INPUTS -> random.nextInt(ModelVariants.COUNT);
                            };
                    if (at.plus(length).compareTo(duration.minus(QUIET_END)) <= 0) {
                        faults.add(new Fault(at, kind, target, length));
                    }
                    at = at.plus(length).plus(pause(track, random));
                }
            }
        }
        return new FaultSchedule(faults);
    }

    private static List<Kind> shuffled(Track track, Random random) {
        List<Kind> kinds = new ArrayList<>(Arrays.stream(Kind.values())
                .filter(kind -> kind.track() == track && kind != Kind.UPGRADE_INSTANCE)
                .toList());
        Collections.shuffle(kinds, random);
        return kinds;
    }

    /** Time for the cluster to be whole again; hostile records need none. */
    private static Duration pause(Track track, Random random) {
        int millis =
                switch (track) {
                    case BROKERS -> 6_000;
                    case INSTANCES -> 3_000;
                    case INPUTS -> 1_500;
                };
        return Duration.ofMillis(millis + random.nextInt(millis));
    }

    /** The same with an upgrade of each instance, one after another in the first two thirds. */
    public FaultSchedule withUpgrades(Duration duration, int instances) {
        Stream<Fault> upgrades = IntStream.range(0, instances)
                .mapToObj(i -> new Fault(
                        duration.multipliedBy(2L * (i + 1)).dividedBy(3L * (instances + 1)),
                        Kind.UPGRADE_INSTANCE,
                        i,
                        Duration.ZERO));
        return new FaultSchedule(Stream.concat(faults.stream(), upgrades).toList());
    }

    /** How many faults there are of a kind. */
    public int count(Kind kind) {
        return (int) faults.stream().filter(fault -> fault.kind() == kind).count();
    }

    /** The faults of one track, in order. */
    public List<Fault> of(Track track) {
        return faults.stream().filter(fault -> fault.kind().track() == track).toList();
    }
}
