package io.tickettriage.topics;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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

    private final String fileName;
    private final Consumer<String> problems;
    private boolean broken;

    private TopicFile(String fileName, Consumer<String> problems) {
        this.fileName = fileName;
        this.problems = problems;
    }

    /** The topic in {@code yaml}; empty if there was a problem. */
    static Optional<TopicSpec> read(String fileName, String yaml, Consumer<String> problems) {
        TopicFile file = new TopicFile(fileName, problems);
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root instanceof MappingNode mapping) {
                TopicSpec spec = file.topic(mapping);
                return file.broken ? Optional.empty() : Optional.of(spec);
            }
            file.problem(1, "expected a mapping with the fields " + String.join(", ", FIELDS));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            file.problem(line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            file.problem(1, "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private TopicSpec topic(MappingNode root) {
        Map<String, Node> fields = fields(root);
        fields.forEach((name, value) -> {
            if (!FIELDS.contains(name)) {
                problem(line(value), "unknown field \"" + name + "\"; known: " + String.join(", ", FIELDS));
            }
        });
        String name = text(root, fields, "name");
        if (!name.isEmpty() && !TOPIC_NAME.matcher(name).matches()) {
            problem(line(root, fields, "name"), "name \"" + name + "\" is no Kafka topic name");
        } else if (!name.isEmpty() && !fileName.equals(name + ".yaml")) {
            problem(line(root, fields, "name"), "name \"" + name + "\" belongs into a file " + name + ".yaml");
        }
        int partitions = number(root, fields, "partitions");
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            problem(
                    line(root, fields, "partitions"),
                    "partitions is " + partitions + ", expected 1 to " + MAX_PARTITIONS);
        }
        int replication = number(root, fields, "replication");
        if (replication != TopicSpec.BROKER_DEFAULT && (replication < 1 || replication > Short.MAX_VALUE)) {
            problem(
                    line(root, fields, "replication"),
                    "replication is " + replication + ", expected -1 (the brokers' default), or 1 and more");
        }
        return new TopicSpec(
                name,
                text(root, fields, "description"),
                text(root, fields, "key"),
                text(root, fields, "value"),
                partitions,
                (short) replication,
                configs(root, fields));
    }

    private Map<String, String> configs(MappingNode root, Map<String, Node> fields) {
        int line = line(root, fields, "configs");
        if (!(fields.get("configs") instanceof MappingNode mapping)) {
            problem(line, "\"configs\" is missing, or no mapping of names to values");
            return Map.of();
        }
        Map<String, String> configs = new LinkedHashMap<>();
        fields(mapping).forEach((name, value) -> {
            if (!KafkaTopicConfigs.NAMES.contains(name)) {
                problem(line(value), "configs: Kafka has no topic setting \"" + name + "\"");
            }
            if (scalar(value).isEmpty()) {
                problem(line(value), "configs: \"" + name + "\" has no single value");
            }
            configs.put(name, scalar(value));
        });
        if (!"LogAppendTime".equals(configs.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))) {
            problem(
                    line,
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
                problem(line(tuple.getKeyNode()), "\"" + name + "\" is there twice");
            }
        }
        return fields;
    }

    private String text(MappingNode root, Map<String, Node> fields, String name) {
        String text = scalar(fields.get(name));
        if (text.isEmpty()) {
            problem(line(root, fields, name), "\"" + name + "\" is missing, or no text");
        }
        return text;
    }

    /** The number; 1, which every field may be, after a problem. */
    private int number(MappingNode root, Map<String, Node> fields, String name) {
        String text = scalar(fields.get(name));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            problem(
                    line(root, fields, name),
                    "\"" + name + "\" is " + (text.isEmpty() ? "missing" : text) + ", expected a whole number");
            return 1;
        }
    }

    private void problem(int line, String text) {
        broken = true;
        problems.accept(fileName + ":" + line + ": " + text);
    }

    private static String scalar(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    /** The line of a field, or of the mapping that lacks it. */
    private static int line(MappingNode root, Map<String, Node> fields, String name) {
        return line(fields.getOrDefault(name, root));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
