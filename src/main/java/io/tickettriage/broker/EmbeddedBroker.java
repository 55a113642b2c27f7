package io.tickettriage.broker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker in this JVM: the real server, KRaft controller included, on loopback alone; by itself or one of a cluster.
 *
 * <p>Its data stays in its directory; a broker started there again continues where the last one stopped, also after a
 * kill. A fault that Kafka takes for fatal ends the JVM: what must outlive its broker starts it in a process of its own.
 */
public final class EmbeddedBroker implements Closeable {
    private final KafkaRaftServer server;
    private final DataDirectory data;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(KafkaRaftServer server, DataDirectory data, int port) {
        this.server = server;
        this.data = data;
        this.port = port;
    }

    /** Starts a broker as {@link #start(Path, int, Map)} does, with the usual settings. */
    public static EmbeddedBroker start(Path directory, int port) throws BrokerStartException {
        return start(directory, port, Map.of());
    }

    /**
     * Starts a broker and returns once it serves, after 1 to 3 s.
     *
     * @param directory where the data is kept; created and formatted where it is new
     * @param port 1 to 65535; {@link FreePort#find} gives one
     * @param overrides broker settings by Kafka's names, over the usual ones
     * @throws BrokerStartException if the port is taken, the directory cannot be used, a setting is invalid, or the default
     *     locale is one in which Kafka's server does not start, such as Turkish
     */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> overrides)
            throws BrokerStartException {
        requirePort(port);
        try {
            return start(directory, BrokerNode.alone(port), overrides);
        } catch (BrokerStartException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokerStartException("no port is free for the controller of the broker on port " + port, e);
        }
    }

    /** Starts one broker of a cluster; it serves once most of the controllers have started. */
    public static EmbeddedBroker start(Path directory, BrokerNode node, Map<String, String> overrides)
            throws BrokerStartException {
        requireUsableLocale();
        int port = node.port();
        requirePort(port);
        if (!FreePort.isFree(port)) {
            throw new BrokerStartException(
                    "port " + port + " of 127.0.0.1 is in use; stop what listens there, or choose another port");
        }
        DataDirectory data = DataDirectory.open(directory, node.id());
        try {
            Properties settings = new Properties();
            settings.putAll(BrokerSettings.embedded(node, data.toString()));
            settings.putAll(overrides);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            try {
                server.startup();
            } catch (RuntimeException e) {
                server.shutdown();
                throw e;
            }
            return new EmbeddedBroker(server, data, port);
        } catch (Exception e) {
            // Scala code throws checked exceptions without saying so.
            data.close();
            throw new BrokerStartException("the broker on port " + port + " did not start: " + e.getMessage(), e);
        }
    }

    private static void requirePort(int port) throws BrokerStartException {
        if (port < 1 || port > 65_535) {
            throw new BrokerStartException("port " + port + " is not one of 1 to 65535");
        }
    }

    /** Kafka 4.3.1 upper-cases the names of its own constants in the default locale: CLASSİC is none of them. */
    @SuppressWarnings("StringCaseLocaleUsage") // The default locale is the question.
    private static void requireUsableLocale() throws BrokerStartException {
        if (!"i".toUpperCase().equals("I")) {
            throw new BrokerStartException("Kafka's server does not start in the locale " + Locale.getDefault()
                    + "; start Java with -Duser.language=en");
        }
    }

    /** What clients connect to: {@code host:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Returns once the broker has been closed, by whichever thread. */
    public void awaitClose() {
        server.awaitShutdown();
    }

    /** Stops the broker cleanly and unlocks its directory. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.shutdown();
                server.awaitShutdown();
            } finally {
                data.close();
            }
        }
    }
}
