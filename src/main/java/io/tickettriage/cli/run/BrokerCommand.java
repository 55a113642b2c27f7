package io.tickettriage.cli.run;

import io.tickettriage.broker.BrokerNode;
import io.tickettriage.broker.BrokerStartException;
import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.cli.shared.TriageCommand;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code broker}: a Kafka broker of one node, until it is stopped. */
@Command(
        name = "broker",
        description = {
            "Runs a Kafka broker of one node on this machine, for trying things out and for tests.",
            "%nIt listens on 127.0.0.1 alone and keeps its data across restarts. Once it serves, it prints one line, "
                    + "\"READY host:port\", and runs until it is interrupted or terminated. It is the real broker, but it "
                    + "has one replica of everything: do not keep tickets in it that you cannot lose."
        },
        footer = {
            "%nExample:",
            "  triage broker --port 9092 --data data/broker &",
            "  triage topics apply --bootstrap localhost:9092"
        })
public final class BrokerCommand extends TriageCommand {
    @Option(names = "--port", paramLabel = "PORT", description = "Port on 127.0.0.1 (${DEFAULT-VALUE}).")
    private int port = 9092;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Where the data is kept.")
    private Path data;

    // One of several, for "triage verify": three brokers on one machine are no safer than one.
    @Option(names = "--node", hidden = true)
    private int node = 1;

    @Option(names = "--advertised-port", hidden = true)
    private @Nullable Integer advertisedPort;

    @Option(names = "--internal-port", hidden = true)
    private @Nullable Integer internalPort;

    @Option(names = "--controllers", split = ",", hidden = true)
    private Map<Integer, Integer> controllers = Map.of();

    @Override
    public Integer call() throws BrokerStartException {
        // Kafka's server does not start in some locales, and nothing here is shown in the user's own.
        Locale.setDefault(Locale.ROOT);
        try (EmbeddedBroker broker = start()) {
            // A signal runs the hooks alone, not the end of this block.
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
            out().println("READY " + broker.bootstrap());
            broker.awaitClose();
        }
        return 0;
    }

    private EmbeddedBroker start() throws BrokerStartException {
        return controllers.isEmpty()
                ? EmbeddedBroker.start(data, port)
                : EmbeddedBroker.start(
                        data,
                        new BrokerNode(
                                node,
                                port,
                                Objects.requireNonNullElse(advertisedPort, port),
                                Objects.requireNonNullElse(internalPort, port),
                                controllers),
                        Map.of());
    }
}
