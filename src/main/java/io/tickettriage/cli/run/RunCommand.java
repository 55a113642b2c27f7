package io.tickettriage.cli.run;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.logging.Log;
import io.tickettriage.service.Application;
import io.tickettriage.service.Role;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage run}: the application. */
@Command(
        name = "run",
        description = {
            "Runs the application until SIGTERM or Ctrl-C, then commits, leaves its groups and exits.",
            "%nRoles: scoring (tickets.raw to the queues; stateless) and corrections (submissions and scored tickets to "
                    + "tickets.corrections). /ready is 200 once they run, topics are verified and a model is loaded; "
                    + "/live and /metrics are beside it. The process exits with 1 when scoring fails."
        },
        footer = {"", "Example:", "  triage run --bootstrap localhost:9092 --roles scoring --http-port 8080"})
public final class RunCommand extends TriageCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--roles", split = ",", description = "Any of ${COMPLETION-CANDIDATES} (default: all).")
    private List<Role> roles = List.of(Role.values());

    @Option(names = "--http-port", paramLabel = "PORT", description = "0 for no server (triage.http.port).")
    private @Nullable Integer httpPort;

    @Option(
            names = "--check",
            description = {
                "Check configuration, model, rules, templates, topologies, and exit;",
                "with --bootstrap the topics of that cluster, too."
            })
    private boolean check;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = kafka.load(Stream.ofNullable(httpPort)
                .map(port -> HttpConfig.PORT + "=" + port)
                .toArray(String[]::new));
        SortedSet<String> queues = TopicCatalogue.load().queues();
        ScorerFactory scoring = ScorerFactory.loadToServe(settings, queues);
        Set<Role> chosen = EnumSet.copyOf(roles);
        try (Application application = new Application(settings, scoring, chosen, queues)) {
            if (check) {
                application.check();
                if (kafka.isBootstrapGiven()) {
                    application.verifyTopics();
                }
                out().println("ok: model " + scoring.model().version() + ", queues " + queues
                        + (kafka.isBootstrapGiven() ? ", topics" : ""));
                return 0;
            }
            application.start();
            application.watchThreads();
            Thread hook = new Thread(() -> shutDown(application), "shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            while (!application.awaitFailure(1, TimeUnit.MINUTES)) {
                LOG.debug("still running");
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        throw new CommandFailedException("it cannot go on, the log says why; no ticket is lost, start it again");
    }

    /** What a signal runs: the hooks alone, not the end of any block. */
    private static void shutDown(Application application) {
        application.close();
        Log.close();
    }
}
