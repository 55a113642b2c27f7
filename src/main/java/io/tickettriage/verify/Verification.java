package io.tickettriage.verify;

import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.TicketModel;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.verify.cluster.LocalCluster;
import io.tickettriage.verify.cluster.Program;
import io.tickettriage.verify.history.Findings;
import io.tickettriage.verify.history.History;
import io.tickettriage.verify.history.HistoryChecker;
import io.tickettriage.verify.history.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/** Runs one history from an empty cluster to a verdict. */
public final class Verification {
    private static final TopicNames NAMES = TopicNames.PLAIN;
    private static final String APPLICATION_ID = "triage-verify";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(3);
    private static final int SHOWN_VIOLATIONS = 50;

    private final Program program;
    private final Taxonomy taxonomy;
    private final CorrectionDecoder decoder;
    private final Function<TicketModel, RecordScorer> scorerOf;
    private final Consumer<String> log;

    /**
     * Prepares histories.
     *
     * @param scorerOf scores as the program does with its default configuration
     * @param log takes a line about each thing that happens
     */
    public Verification(
            Program program,
            Taxonomy taxonomy,
            CorrectionDecoder decoder,
            Function<TicketModel, RecordScorer> scorerOf,
            Consumer<String> log) {
        this.program = program;
        this.taxonomy = taxonomy;
        this.decoder = decoder;
        this.scorerOf = scorerOf;
        this.log = log;
    }

    /** What happened to the cluster, beside the records. */
    private record Run(Map<Fault.Kind, Integer> faults, int unsent, int exits, List<ResourceSample> resources) {}

    /** Runs the history that the options describe; an {@link IOException} says that it could not be run. */
    public Verdict run(VerifyOptions options) throws IOException, InterruptedException {
        FaultSchedule drawn = FaultSchedule.of(
                options.seed(), options.duration(), options.brokers(), options.instances(), options.spared());
        FaultSchedule schedule =
                options.upgradeFrom().isPresent() ? drawn.withUpgrades(options.duration(), options.instances()) : drawn;
        schedule.faults().forEach(fault -> log.accept(fault.toString()));
        ModelVariants variants = ModelVariants.create();
        List<String> runOptions = List.of(
                "--set=triage.application.id=" + APPLICATION_ID,
                "--set=triage.group.protocol=" + options.groupProtocol());
        try (LocalCluster cluster = LocalCluster.start(
                program,
                options.upgradeFrom(),
                options.directory(),
                options.brokers(),
                options.instances(),
                runOptions)) {
            Thread cleanup = new Thread(() -> closeQuietly(cluster), "verify-cleanup");
            Runtime.getRuntime().addShutdownHook(cleanup);
            Clients clients = new Clients(cluster.bootstrap());
            Run run = run(options, schedule, variants, cluster, clients);
            log.accept("reading what is on the topics");
            History history;
            try (HistoryReader reader = new HistoryReader(clients, NAMES, APPLICATION_ID)) {
                history = reader.read(DRAIN_TIMEOUT);
            }
            Runtime.getRuntime().removeShutdownHook(cleanup);
            ProductOracle oracle = new ProductOracle(variants.models(), scorerOf, decoder);
            return verdict(options, history, HistoryChecker.check(history, oracle), run);
        }
    }

    private Run run(
            VerifyOptions options,
            FaultSchedule schedule,
            ModelVariants variants,
            LocalCluster cluster,
            Clients clients)
            throws IOException, InterruptedException {
        try (Admin admin = clients.newAdmin();
                TopicAdmin topics = TopicAdmin.connect(cluster.bootstrap(), Map.of());
                Traffic traffic = new Traffic(
                        clients, new TicketWorkload(NAMES, taxonomy, options.seed()), options.ticketsPerSecond());
                ResourceSampler resources = new ResourceSampler(cluster)) {
            Replicas replicas = new Replicas(admin, options.brokers());
            replicas.awaitInSync(START_TIMEOUT);
            topics.apply(topics.diff(TopicCatalogue.load().topics(NAMES)), false);
            cluster.instances().forEach(instance -> instance.process().start());
            if (!cluster.awaitReady(START_TIMEOUT)) {
                throw new IOException("the instances are not ready after " + START_TIMEOUT.toSeconds()
                        + " s; the logs in " + options.directory() + " say why");
            }
            cluster.requireNoExits();
            replicas.awaitInSync(START_TIMEOUT);
            log.accept(options.brokers() + " brokers and " + options.instances() + " instances are ready");
            traffic.start();
            resources.start();
            Nemesis nemesis = new Nemesis(
                    cluster,
                    replicas,
                    traffic,
                    new HostileRecords(NAMES, options.seed()),
                    new ModelSwaps(clients, NAMES.models(), variants, options.seed()),
                    log);
            Map<Fault.Kind, Integer> faults = nemesis.run(schedule, options.duration());
            traffic.end();
            return new Run(faults, traffic.failures(), cluster.unexpectedExits(), resources.samples());
        }
    }

    private static Verdict verdict(VerifyOptions options, History history, Findings findings, Run run) {
        Progress progress = Progress.of(history);
        String command = "./triage verify --seed %d --duration %ds --brokers %d --instances %d --spare %d --rate %d "
                .concat("--group-protocol %s%s")
                .formatted(
                        options.seed(),
                        options.duration().toSeconds(),
                        options.brokers(),
                        options.instances(),
                        options.spared(),
                        options.ticketsPerSecond(),
                        options.groupProtocol(),
                        options.upgradeFrom()
                                .map(build -> " --upgrade-from " + build.home())
                                .orElse(""));
        return new Verdict(
                options.seed(),
                options.groupProtocol(),
                options.duration().toMillis() / 1e3,
                history.raw().size(),
                history.queued().size(),
                history.submissions().size(),
                history.of(NAMES.corrections()).size(),
                history.deadLetters().size(),
                findings.quarantinedRecords(),
                run.unsent(),
                run.faults(),
                run.exits(),
                progress.longestPause().toMillis() / 1e3,
                progress.longestDelay().toMillis() / 1e3,
                progress.slowest(),
                findings.counts(),
                findings.violations().stream().limit(SHOWN_VIOLATIONS).toList(),
                run.resources(),
                options.directory().toString(),
                command);
    }

    private static void closeQuietly(LocalCluster cluster) {
        try {
            cluster.close();
        } catch (IOException e) {
            // The JVM ends; its processes have been killed first.
        }
    }
}
