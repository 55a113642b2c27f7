package io.tickettriage.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCatalogueTest {
    private static final Path SHIPPED = Path.of("topics");

    private final Path directory;

    TopicCatalogueTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldHoldEveryTopicOfTheContract() throws Exception {
        assertThat(TopicCatalogue.read(SHIPPED).topics(TopicNames.PLAIN))
                .extracting(TopicSpec::name)
                .containsExactly(
                        "tickets.claims",
                        "tickets.corrections",
                        "tickets.corrections.submitted",
                        "tickets.dlq",
                        "tickets.drift",
                        "tickets.models",
                        "tickets.queue.billing",
                        "tickets.queue.general",
                        "tickets.queue.logistics",
                        "tickets.queue.review",
                        "tickets.queue.sales",
                        "tickets.queue.technical",
                        "tickets.raw",
                        "tickets.scored",
                        "tickets.shadow");
    }

    @Test
    void shouldKeepTheContractsLimits() throws Exception {
        TopicCatalogue catalogue = TopicCatalogue.read(SHIPPED);
        assertThat(config(catalogue, "tickets.scored", "retention.ms")).isEqualTo(days(30));
        assertThat(config(catalogue, "tickets.dlq", "retention.ms")).isEqualTo(days(14));
        assertThat(config(catalogue, "tickets.corrections.submitted", "retention.ms"))
                .isEqualTo(days(90));
        assertThat(config(catalogue, "tickets.shadow", "retention.ms")).isEqualTo(days(7));
        assertThat(config(catalogue, "tickets.models", "max.message.bytes")).isEqualTo("8388608");
        for (String name : List.of("tickets.scored", "tickets.dlq", "tickets.queue.review", "tickets.queue.sales")) {
            assertThat(config(catalogue, name, "max.message.bytes")).as(name).isEqualTo("4194304");
        }
    }

    @Test
    void shouldNameTheQueues() throws Exception {
        TopicCatalogue catalogue = TopicCatalogue.read(SHIPPED);
        assertThat(catalogue.queues())
                .containsExactly("billing", "general", "logistics", "review", "sales", "technical");
    }

    @Test
    void shouldPutPrefixAndSuffixAroundNames() throws Exception {
        TopicNames names = new TopicNames("eu.", "-triage");
        assertThat(TopicCatalogue.read(SHIPPED).topics(names))
                .extracting(TopicSpec::name)
                .contains("eu.tickets.raw", "eu.tickets.dlq-triage", "eu.tickets.queue.review")
                .allMatch(name -> name.startsWith("eu."));
        assertThat(names.dlq()).isEqualTo("eu.tickets.dlq-triage");
        assertThat(names.queue("sales")).isEqualTo("eu.tickets.queue.sales");
    }

    @Test
    void shouldRefuseAPrefixKafkaDoesNotAllow() {
        assertThatThrownBy(() -> new TopicNames("a/b", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic prefix \"a/b\"");
    }

    @Test
    void shouldGiveTheSameCatalogueFromTheClasspath() throws Exception {
        assertThat(TopicCatalogue.bundled().topics(TopicNames.PLAIN))
                .isEqualTo(TopicCatalogue.read(SHIPPED).topics(TopicNames.PLAIN));
    }

    @Test
    void shouldListTheCatalogueInsideAJar() throws Exception {
        Path jar = directory.resolve("a jar.jar");
        try (FileSystem inside =
                FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            copyClasses("topics", inside.getPath("/"));
            copyClasses("io/tickettriage/topics", inside.getPath("/"));
            copyClasses("io/tickettriage/kafka", inside.getPath("/"));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                return name.startsWith("io.tickettriage.")
                        ? super.findClass(name)
                        : TopicCatalogueTest.class.getClassLoader().loadClass(name);
            }
        }) {
            Class<?> packed = loader.loadClass(TopicCatalogue.class.getName());
            Object catalogue = packed.getMethod("bundled").invoke(null);
            assertThat(packed.getClassLoader()).isSameAs(loader);
            assertThat(String.valueOf(packed.getMethod("queues").invoke(catalogue)))
                    .isEqualTo("[billing, general, logistics, review, sales, technical]");
        }
    }

    @Test
    void shouldPreferTheInstallationToTheWorkingDirectory() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path work = Files.createDirectory(directory.resolve("work"));
        copyShipped(home.resolve("topics"));
        copyShipped(work.resolve("topics"));
        edit(home.resolve("topics/tickets.raw.yaml"), "partitions: 6", "partitions: 12");
        edit(work.resolve("topics/tickets.raw.yaml"), "partitions: 6", "partitions: 24");

        assertThat(partitionsOfRaw(Map.of("TRIAGE_HOME", home.toString()), work))
                .isEqualTo(12);
        assertThat(partitionsOfRaw(Map.of(), work)).isEqualTo(24);
        assertThat(partitionsOfRaw(Map.of("TRIAGE_HOME", directory.toString()), directory))
                .isEqualTo(6);
    }

    @Test
    void shouldListEveryProblemWithFileAndLine() throws Exception {
        copyShipped(directory);
        Files.writeString(directory.resolve("tickets.raw.yaml"), """
                name: tickets raw
                description: ""
                key: id
                value: ticket
                partitions: many
                replication: 0
                colour: red
                configs:
                  cleanup.policy: delete
                  retention.minutes: 5
                  cleanup.policy: compact
                """);
        Files.writeString(directory.resolve("tickets.dlq.yaml"), "name: [");
        edit(directory.resolve("tickets.scored.yaml"), "partitions: 6", "partitions: 3");
        edit(directory.resolve("tickets.models.yaml"), "partitions: 1", "partitions: 2");
        Files.delete(directory.resolve("tickets.drift.yaml"));

        IOException e = failure();
        assertThat(problems(e))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:1: name \"tickets raw\""))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:2: \"description\""))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:5: \"partitions\" is many"))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:6: replication is 0"))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:7: unknown field \"colour\""))
                .anyMatch(
                        p -> p.startsWith("tickets.raw.yaml:9: configs: message.timestamp.type must be LogAppendTime"))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:10: configs: Kafka has no topic setting"))
                .anyMatch(p -> p.startsWith("tickets.raw.yaml:11: \"cleanup.policy\" is there twice"))
                .anyMatch(p -> p.startsWith("tickets.dlq.yaml:") && p.contains("not YAML"))
                .anyMatch(p -> p.contains("tickets.scored has 3; the two are joined"))
                .anyMatch(p -> p.contains("expected 1: an artifact must be read before the pointer"))
                .anyMatch(p -> p.startsWith("tickets.drift.yaml:1: the file is missing"))
                .hasSize(12);
        assertThat(e).hasMessageContaining(directory.toString()).hasMessageContaining("12 problems");
    }

    @Test
    void shouldRefuseANameThatIsNotItsFiles() throws Exception {
        copyShipped(directory);
        Files.copy(directory.resolve("tickets.raw.yaml"), directory.resolve("tickets.queue.legal.yaml"));
        assertThat(problems(failure()))
                .containsExactly(
                        "tickets.queue.legal.yaml:1: name \"tickets.raw\" belongs into a file tickets.raw.yaml");
    }

    private static void copyClasses(String directory, Path target) throws IOException {
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes.resolve(directory))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(classes.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static List<String> problems(IOException e) {
        return String.valueOf(e.getMessage()).lines().skip(1).map(String::strip).toList();
    }

    private IOException failure() {
        return catchThrowableOfType(IOException.class, () -> TopicCatalogue.read(directory));
    }

    private static int partitionsOfRaw(Map<String, String> environment, Path workingDirectory) throws IOException {
        return topic(TopicCatalogue.load(environment, workingDirectory), "tickets.raw")
                .partitions();
    }

    private static String config(TopicCatalogue catalogue, String topic, String config) {
        return topic(catalogue, topic).configs().getOrDefault(config, "");
    }

    private static TopicSpec topic(TopicCatalogue catalogue, String name) {
        return catalogue.topics(TopicNames.PLAIN).stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String days(int days) {
        return Long.toString(days * 86_400_000L);
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static void copyShipped(Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}
