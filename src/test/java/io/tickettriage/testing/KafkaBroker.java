package io.tickettriage.testing;

import io.tickettriage.broker.BrokerSettings;
import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker for the tests of a class, shared by all classes of one JVM:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaBroker broker = new KafkaBroker();
 * }</pre>
 *
 * <p>It is the embedded broker, or with {@code -Dkafka.broker=docker} one in a container. Tests share it, so each puts
 * {@link #prefix()} before the names of its topics, groups and applications.
 */
public final class KafkaBroker implements BeforeAllCallback, BeforeEachCallback {
    private static final String IMAGE = "apache/kafka:4.3.1";
    /** Tests of exactly-once kill a producer and wait for the broker to abort its transaction; it is never started again. */
    private static final Map<String, String> ABORTS =
            Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(KafkaBroker.class);

    /** A running broker; JUnit closes it at the end of the run. */
    private interface Running extends AutoCloseable {
        String bootstrap();

        @Override
        void close();
    }

    private Optional<Running> running = Optional.empty();
    private String prefix = nextPrefix();

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Optional.of(
                context.getRoot().getStore(NAMESPACE).computeIfAbsent(Running.class, key -> start(), Running.class));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        prefix = nextPrefix();
    }

    /** What clients connect to: {@code host:port}. */
    public String bootstrap() {
        return running.orElseThrow(() -> new IllegalStateException("register this extension as a static field"))
                .bootstrap();
    }

    /** A prefix that no other test of this run has, such as {@code t7.}. */
    public String prefix() {
        return prefix;
    }

    /** Sets one setting of a topic, as an operator might. */
    public void setTopic(String topic, String name, String value) {
        TestCluster.alter(bootstrap(), topic, Map.of(name, value));
    }

    /** A producer with some settings of its own. */
    public KafkaProducer<byte[], byte[]> newProducer(Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>(own);
        config.put("bootstrap.servers", bootstrap());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String nextPrefix() {
        return "t" + TESTS.incrementAndGet() + ".";
    }

    private static Running start() {
        String kind = System.getProperty("kafka.broker", "embedded");
        return switch (kind) {
            case "embedded" -> Embedded.start();
            case "docker" -> Container.start();
            default -> throw new IllegalArgumentException("kafka.broker is " + kind + ", not embedded or docker");
        };
    }

    private record Embedded(EmbeddedBroker broker, Path directory) implements Running {
        static Embedded start() {
            try {
                Path directory = Files.createTempDirectory("triage-broker-");
                return new Embedded(EmbeddedBroker.start(directory, FreePort.find(), ABORTS), directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String bootstrap() {
            return broker.bootstrap();
        }

        @Override
        public void close() {
            broker.close();
            try (Stream<Path> tree = Files.walk(directory)) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Container(KafkaContainer container) implements Running {
        static Container start() {
            Map<String, String> settings = new HashMap<>(BrokerSettings.behaviour());
            settings.putAll(ABORTS);
            Map<String, String> environment = settings.entrySet().stream()
                    .collect(Collectors.toMap(
                            setting -> "KAFKA_"
                                    + setting.getKey().toUpperCase(Locale.ROOT).replace('.', '_'),
                            Map.Entry::getValue));
            KafkaContainer container = new KafkaContainer(IMAGE).withEnv(environment);
            container.start();
            return new Container(container);
        }

        @Override
        public String bootstrap() {
            return container.getBootstrapServers();
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
