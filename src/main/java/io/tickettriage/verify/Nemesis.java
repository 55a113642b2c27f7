package io.tickettriage.verify;

import io.tickettriage.verify.Fault.Track;
import io.tickettriage.verify.cluster.Link;
import io.tickettriage.verify.cluster.LocalCluster;
import io.tickettriage.verify.cluster.SupervisedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Makes the faults of a schedule happen, each track on a thread of its own. A fault of a broker waits until all replicas are
 * in sync, so that no more than one is ever behind; one of an instance waits some time for all to be ready, or a slow machine
 * would only ever see instances that start. One for which there is no time any more is left out, and so is hostile input while
 * an earlier build runs.
 */
final class Nemesis {
    private static final int FULL_DISK_KIB = 64;
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REPAIR_TIMEOUT = Duration.ofSeconds(90);

    private final LocalCluster cluster;
    private final Replicas replicas;
    private final Traffic traffic;
    private final HostileRecords hostileRecords;
    private final ModelSwaps models;
    private final Consumer<String> log;
    private final Map<Fault.Kind, Integer> happened = new EnumMap<>(Fault.Kind.class);
    private final List<Exception> failures = new ArrayList<>();
    private final AtomicInteger upgradesLeft = new AtomicInteger();
    private final long startNanos = System.nanoTime();

    Nemesis(
            LocalCluster cluster,
            Replicas replicas,
            Traffic traffic,
            HostileRecords hostileRecords,
            ModelSwaps models,
            Consumer<String> log) {
        this.cluster = cluster;
        this.replicas = replicas;
        this.traffic = traffic;
        this.hostileRecords = hostileRecords;
        this.models = models;
        this.log = log;
    }

    /** Runs the schedule for as long as the history takes, then repairs everything; returns once all is whole. */
    Map<Fault.Kind, Integer> run(FaultSchedule schedule, Duration duration) throws IOException, InterruptedException {
        upgradesLeft.set(schedule.count(Fault.Kind.UPGRADE_INSTANCE));
        List<Thread> threads = new ArrayList<>();
        for (Track track : Track.values()) {
            Thread thread = new Thread(() -> run(schedule.of(track), duration), "faults-of-" + track.name());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        sleepUntil(duration);
        for (Thread thread : threads) {
            thread.join();
        }
        repair();
        if (!failures.isEmpty()) {
            throw new IOException("a fault could not be made: " + failures.get(0), failures.get(0));
        }
        return Map.copyOf(happened);
    }

    private void run(List<Fault> faults, Duration duration) {
        try {
            for (Fault fault : faults) {
                sleepUntil(fault.at());
                if (now().compareTo(duration) >= 0) { // It waited for the one before: the rest need not wait, too.
                    log.accept("left out, the history is over: " + fault);
                    continue;
                }
                if (fault.kind().track() == Track.BROKERS) {
                    replicas.awaitInSync(REPAIR_TIMEOUT);
                } else if (fault.kind().track() == Track.INSTANCES && !cluster.awaitReady(RECOVERY_TIMEOUT)) {
                    log.accept(at("not every instance is ready again"));
                }
                Optional<String> obstacle = obstacle(fault, duration);
                if (obstacle.isPresent()) {
                    log.accept("left out, " + obstacle.get() + ": " + fault);
                    continue;
                }
                log.accept(at(fault.toString()));
                synchronized (happened) {
                    happened.merge(fault.kind(), 1, Integer::sum);
                }
                happen(fault);
            }
        } catch (IOException | RuntimeException e) {
            synchronized (failures) {
                failures.add(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> obstacle(Fault fault, Duration duration) {
        if (fault.kind().isHostile() && upgradesLeft.get() > 0) {
            return Optional.of("an earlier build still runs");
        }
        boolean isLate = now().plus(fault.length()).compareTo(duration) > 0;
        return isLate && fault.kind() != Fault.Kind.UPGRADE_INSTANCE
                ? Optional.of("there is no time")
                : Optional.empty();
    }

    private void happen(Fault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case KILL_BROKER -> killAndStart(cluster.brokers().get(fault.target()), fault);
            case PAUSE_BROKER -> pause(cluster.brokers().get(fault.target()), fault);
            case REFUSE_CONNECTIONS -> {
                Link link = cluster.link(fault.target());
                link.refuse();
                stay(fault);
                link.heal();
            }
            case LOSE_PACKETS -> {
                Link link = cluster.link(fault.target());
                link.silence();
                stay(fault);
                link.heal();
            }
            case KILL_INSTANCE -> killAndStart(instance(fault), fault);
            case PAUSE_INSTANCE -> pause(instance(fault), fault);
            case RESTART_INSTANCE -> {
                instance(fault).stop();
                stay(fault);
                instance(fault).start();
            }
            case ADD_INSTANCE -> {
                SupervisedProcess added = cluster.addInstance().process();
                added.start();
                stay(fault);
                added.stop();
            }
            case FILL_DISK -> {
                instance(fault).stop();
                instance(fault).startOnFullDisk(FULL_DISK_KIB);
                stay(fault);
                instance(fault).kill();
                instance(fault).start();
            }
            case UPGRADE_INSTANCE -> {
                cluster.instances().get(fault.target()).upgrade();
                upgradesLeft.decrementAndGet();
            }
            case HOSTILE_RECORDS -> traffic.send(hostileRecords.next());
            case HOSTILE_MODEL -> traffic.send(models.hostile());
            case SWAP_MODEL -> swap(fault.target());
        }
    }

    private void swap(int variant) {
        try {
            models.activate(variant);
        } catch (KafkaException e) {
            log.accept(at("the model was not published: " + e.getMessage()));
        }
    }

    private SupervisedProcess instance(Fault fault) {
        return cluster.instances().get(fault.target()).process();
    }

    private static void killAndStart(SupervisedProcess process, Fault fault) throws InterruptedException {
        process.kill();
        stay(fault);
        process.start();
    }

    private static void pause(SupervisedProcess process, Fault fault) throws IOException, InterruptedException {
        process.pause();
        stay(fault);
        process.resume();
    }

    private static void stay(Fault fault) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(fault.length().toNanos());
    }

    private void repair() throws IOException, InterruptedException {
        for (int i = 0; i < cluster.brokers().size(); i++) {
            cluster.link(i).heal();
            cluster.brokers().get(i).resume();
            cluster.brokers().get(i).start();
        }
        log.accept(at("all faults are over"));
        replicas.awaitInSync(REPAIR_TIMEOUT);
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private String at(String what) {
        return String.format(java.util.Locale.ROOT, "[%6.1f s] %s", now().toMillis() / 1e3, what);
    }

    private void sleepUntil(Duration time) throws InterruptedException {
        Duration rest = time.minus(now());
        if (!rest.isNegative()) {
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
        }
    }
}
