package io.tickettriage.topics;

import static io.tickettriage.kafka.TopicNames.PLAIN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.TopicNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Every topic the program uses, as the files of {@code topics/} describe them, under the names of the catalogue.
 *
 * <p>Reading it throws an {@link IOException} if a file cannot be read, or anything in one is wrong; the message then has
 * every problem with its file and line.
 */
public final class TopicCatalogue {
    private static final String DIRECTORY = "topics";
    /** The topics that the corrections role joins. */
    static final Set<String> JOINED = Set.of(PLAIN.scored(), PLAIN.correctionsSubmitted());

    private static final List<String> REQUIRED = List.of(
            PLAIN.raw(),
            PLAIN.scored(),
            PLAIN.queue("review"),
            PLAIN.dlq(),
            PLAIN.correctionsSubmitted(),
            PLAIN.corrections(),
            PLAIN.models(),
            PLAIN.shadow(),
            PLAIN.drift(),
            PLAIN.claims());

    private final SortedMap<String, TopicSpec> topics;

    private TopicCatalogue(SortedMap<String, TopicSpec> topics) {
        this.topics = topics;
    }

    /**
     * Reads the catalogue the user may have edited: {@code $TRIAGE_HOME/topics}, else {@code topics} in the working
     * directory, else the copy inside the program.
     */
    public static TopicCatalogue load() throws IOException {
        return load(System.getenv(), Path.of(""));
    }

    static TopicCatalogue load(Map<String, String> environment, Path workingDirectory) throws IOException {
        for (String home : List.of(environment.getOrDefault("TRIAGE_HOME", "").strip(), "")) {
            Path place = workingDirectory.resolve(home).resolve(DIRECTORY);
            // Any directory may be called "topics"; ours describes the topic that tickets come from.
            if (Files.isRegularFile(place.resolve(PLAIN.raw() + ".yaml"))) {
                return read(place);
            }
        }
        return bundled();
    }

    /** Reads the catalogue in a directory. */
    public static TopicCatalogue read(Path directory) throws IOException {
        return parse(directory.toString(), files(directory));
    }

    /** Reads the copy inside the program, be it a jar or a directory of classes. */
    public static TopicCatalogue bundled() throws IOException {
        String known = DIRECTORY + "/" + PLAIN.raw() + ".yaml";
        URL url = TopicCatalogue.class.getClassLoader().getResource(known);
        if (url == null) {
            throw new FileNotFoundException(known + " is not on the classpath, and no directory \"" + DIRECTORY
                    + "\" is in the working directory; set TRIAGE_HOME to where the program is installed");
        }
        try {
            if (url.openConnection() instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFileURL().toURI());
                try (FileSystem inside = FileSystems.newFileSystem(file)) {
                    return parse(file + "!/" + DIRECTORY, files(inside.getPath(DIRECTORY)));
                }
            }
            Path directory = Path.of(url.toURI()).resolveSibling("");
            return parse(directory.toString(), files(directory));
        } catch (URISyntaxException e) {
            throw new IOException("cannot list " + url, e);
        }
    }

    /** The topics under the names of a cluster, in the order of the catalogue's names. */
    public List<TopicSpec> topics(TopicNames names) {
        return topics.values().stream()
                .map(topic -> topic.named(names.of(topic.name())))
                .toList();
    }

    /** The queues: the departments, and {@code review}. */
    public SortedSet<String> queues() {
        return topics.keySet().stream()
                .filter(name -> name.startsWith(PLAIN.queuePrefix()))
                .map(name -> name.substring(PLAIN.queuePrefix().length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedMap<String, String> files(Path directory) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path file : listed.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".yaml") && !name.equals("asyncapi.yaml")) {
                    files.put(name, Files.readString(file, UTF_8));
                }
            }
        }
        return files;
    }

    private static TopicCatalogue parse(String source, SortedMap<String, String> files) throws IOException {
        List<String> problems = new ArrayList<>();
        SortedMap<String, TopicSpec> topics = new TreeMap<>();
        files.forEach((file, yaml) ->
                TopicFile.read(file, yaml, problems::add).ifPresent(topic -> topics.put(topic.name(), topic)));
        for (String name : REQUIRED) {
            if (!files.containsKey(name + ".yaml")) {
                problems.add(name + ".yaml:1: the file is missing; the program uses this topic");
            }
        }
        checkTogether(topics, problems);
        if (!problems.isEmpty()) {
            throw new IOException("the topic catalogue in " + source + " has " + problems.size()
                    + (problems.size() == 1 ? " problem" : " problems") + ":\n  " + String.join("\n  ", problems));
        }
        return new TopicCatalogue(topics);
    }

    private static void checkTogether(Map<String, TopicSpec> topics, List<String> problems) {
        TopicSpec scored = topics.get(PLAIN.scored());
        TopicSpec submitted = topics.get(PLAIN.correctionsSubmitted());
        if (scored != null && submitted != null && scored.partitions() != submitted.partitions()) {
            problems.add(PLAIN.correctionsSubmitted() + ".yaml:1: partitions is " + submitted.partitions() + ", but "
                    + PLAIN.scored() + " has " + scored.partitions() + "; the two are joined and must be equal");
        }
        TopicSpec models = topics.get(PLAIN.models());
        if (models != null && models.partitions() != 1) {
            problems.add(PLAIN.models() + ".yaml:1: partitions is " + models.partitions()
                    + ", expected 1: an artifact must be read before the pointer to it");
        }
        for (String name : List.of(PLAIN.models(), PLAIN.corrections())) {
            TopicSpec topic = topics.get(name);
            if (topic != null && !"compact".equals(topic.configs().get(TopicConfig.CLEANUP_POLICY_CONFIG))) {
                problems.add(name + ".yaml:1: cleanup.policy must be compact: its rows never expire");
            }
        }
    }
}
