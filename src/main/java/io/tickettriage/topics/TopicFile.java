package io.tickettriage.topics;

import java.io.StringReader;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads one file of the catalogue, noting every problem with its line instead of stopping at the first. That is why it reads
 * YAML's nodes: a mapper stops at the first problem of a file.
 */
final class TopicFile {
    private static final List<String> FIELDS =
            List.of("configs", "description", "key", "name", "partitions", "replication", "value");
    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final int MAX_PARTITIONS = 100_000;

    /** The names of the settings a topic can have: the constants of the only list that a client library carries. */
    private static final Set<String> CONFIGS = Arrays.stream(TopicConfig.class.getFields())
            .filter(field -> field.getName().endsWith("_CONFIG"))
            .map(TopicFile::constant)
            .collect(Collectors.toSet());

    private final String fileName;
    private final Consumer<String> problems;
    private final MappingNode root;
    private final Map<String, Node> fields;
    private boolean broken;

    private TopicFile(String fileName, Consumer<String> problems, MappingNode root) {
        this.fileName = fileName;
        this.problems = problems;
        this.root = root;
        this.fields = fields(root);
    }

    /** The topic in {@code yaml}; empty if there was a problem. */
    static Optional<TopicSpec> read(String fileName, String yaml, Consumer<String> problems) {
        String problem;
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root instanceof MappingNode mapping) {
                TopicFile file = new TopicFile(fileName, problems, mapping);
                TopicSpec spec = file.topic();
                return file.broken ? Optional.empty() : Optional.of(spec);
            }
            problem = "1: expected a mapping with the fields " + String.join(", ", FIELDS);
        } catch (MarkedYAMLException e) {
            problem = (e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1) + ": not YAML: "
                    + e.getProblem();
        } catch (YAMLException e) {
            problem = "1: not YAML: " + e.getMessage();
        }
        problems.accept(fileName + ":" + problem);
        return Optional.empty();
    }

    private TopicSpec topic() {
        fields.forEach((name, value) -> {
            if (!FIELDS.contains(name)) {
                problem(value, "unknown field \"" + name + "\"; known: " + String.join(", ", FIELDS));
            }
        });
        String name = text("name");
        if (!name.isEmpty() && !TOPIC_NAME.matcher(name).matches()) {
            problem("name", "name \"" + name + "\" is no Kafka topic name");
        } else if (!name.isEmpty() && !fileName.equals(name + ".yaml")) {
            problem("name", "name \"" + name + "\" belongs into a file " + name + ".yaml");
        }
        int partitions = number("partitions");
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            problem("partitions", "partitions is " + partitions + ", expected 1 to " + MAX_PARTITIONS);
        }
        int replication = number("replication");
        if (replication != TopicSpec.BROKER_DEFAULT && (replication < 1 || replication > Short.MAX_VALUE)) {
            problem(
                    "replication",
                    "replication is " + replication + ", expected -1 (the brokers' default), or 1 and more");
        }
        return new TopicSpec(
                name,
                text("description"),
                text("key"),
                text("value"),
                partitions,
                (short) replication,
                TopicCatalogue.JOINED.contains(name),
                configs());
    }

    private Map<String, String> configs() {
        if (!(fields.get("configs") instanceof MappingNode mapping)) {
            problem("configs", "\"configs\" is missing, or no mapping of names to values");
            return Map.of();
        }
        Map<String, String> configs = new LinkedHashMap<>();
        fields(mapping).forEach((name, value) -> {
            if (!CONFIGS.contains(name)) {
                problem(value, "configs: Kafka has no topic setting \"" + name + "\"");
            }
            if (scalar(value).isEmpty()) {
                problem(value, "configs: \"" + name + "\" has no single value");
            }
            configs.put(name, scalar(value));
        });
        if (!"LogAppendTime".equals(configs.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))) {
            problem(
                    "configs",
                    "configs: message.timestamp.type must be LogAppendTime; with a client's own timestamps a record can"
                            + " expire before anyone reads it");
        }
        return configs;
    }

    private Map<String, Node> fields(MappingNode mapping) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = scalar(tuple.getKeyNode());
            if (fields.put(name, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "\"" + name + "\" is there twice");
            }
        }
        return fields;
    }

    private String text(String name) {
        String text = scalar(fields.get(name));
        if (text.isEmpty()) {
            problem(name, "\"" + name + "\" is missing, or no text");
        }
        return text;
    }

    /** The number; 1, which every field may be, after a problem. */
    private int number(String name) {
        String text = scalar(fields.get(name));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            problem(name, "\"" + name + "\" is " + (text.isEmpty() ? "missing" : text) + ", expected a whole number");
            return 1;
        }
    }

    /** A problem of a field, on its line or that of the mapping that lacks it. */
    private void problem(String field, String text) {
        problem(fields.getOrDefault(field, root), text);
    }

    private void problem(Node node, String text) {
        broken = true;
        problems.accept(fileName + ":" + (node.getStartMark().getLine() + 1) + ": " + text);
    }

    private static String scalar(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    private static String constant(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant is always readable", e);
        }
    }
}
