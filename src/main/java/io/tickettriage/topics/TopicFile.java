package io.tickettriage.topics;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one file of the catalogue, noting every problem with its line instead of stopping at the first. */
final class TopicFile {
    private static final Set<String> FIELDS =
            Set.of("name", "description", "key", "value", "partitions", "replication", "configs");
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
            if (!(root instanceof MappingNode mapping)) {
                file.problem(1, "expected a mapping with the fields " + sorted(FIELDS));
                return Optional.empty();
            }
            TopicSpec spec = file.topic(mapping);
            return file.broken ? Optional.empty() : Optional.of(spec);
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
        for (Map.Entry<String, Node> field : fields.entrySet()) {
            if (!FIELDS.contains(field.getKey())) {
                problem(line(field.getValue()), "unknown field \"" + field.getKey() + "\"; known: " + sorted(FIELDS));
            }
        }
        String name = text(root, fields, "name");
        if (!name.isEmpty() && !TOPIC_NAME.matcher(name).matches()) {
            problem(lineOf(fields, "name"), "name \"" + name + "\" is no Kafka topic name");
        } else if (!name.isEmpty() && !fileName.equals(name + ".yaml")) {
            problem(lineOf(fields, "name"), "name \"" + name + "\" belongs into a file " + name + ".yaml");
        }
        int partitions = number(root, fields, "partitions");
        if (fields.containsKey("partitions") && (partitions < 1 || partitions > MAX_PARTITIONS)) {
            problem(lineOf(fields, "partitions"), "partitions is " + partitions + ", expected 1 to " + MAX_PARTITIONS);
        }
        int replication = number(root, fields, "replication");
        if (fields.containsKey("replication")
                && replication != TopicSpec.BROKER_DEFAULT
                && (replication < 1 || replication > Short.MAX_VALUE)) {
            problem(
                    lineOf(fields, "replication"),
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
        Node node = fields.get("configs");
        if (!(node instanceof MappingNode mapping)) {
            problem(node == null ? line(root) : line(node), "\"configs\" is missing, or no mapping of names to values");
            return Map.of();
        }
        Map<String, String> configs = new LinkedHashMap<>();
        for (Map.Entry<String, Node> config : fields(mapping).entrySet()) {
            if (!KafkaTopicConfigs.NAMES.contains(config.getKey())) {
                problem(line(config.getValue()), "configs: Kafka has no topic setting \"" + config.getKey() + "\"");
            }
            if (config.getValue() instanceof ScalarNode scalar
                    && !scalar.getValue().isBlank()) {
                configs.put(config.getKey(), scalar.getValue().strip());
            } else {
                problem(line(config.getValue()), "configs: \"" + config.getKey() + "\" has no single value");
            }
        }
        requireLogAppendTime(line(mapping), configs);
        return configs;
    }

    private void requireLogAppendTime(int line, Map<String, String> configs) {
        if (!"LogAppendTime".equals(configs.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))) {
            problem(
                    line,
                    "configs: message.timestamp.type must be LogAppendTime; with a client's own timestamps a record can"
                            + " expire before anyone reads it");
        }
    }

    private Map<String, Node> fields(MappingNode mapping) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (fields.put(name, tuple.getValueNode()) != null) {
                problem(line(tuple.getKeyNode()), "\"" + name + "\" is there twice");
            }
        }
        return fields;
    }

    private String text(MappingNode root, Map<String, Node> fields, String name) {
        Node node = fields.get(name);
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        problem(node == null ? line(root) : line(node), "\"" + name + "\" is missing, or no text");
        return "";
    }

    private int number(MappingNode root, Map<String, Node> fields, String name) {
        Node node = fields.get(name);
        if (node instanceof ScalarNode scalar) {
            try {
                return Integer.parseInt(scalar.getValue());
            } catch (NumberFormatException e) {
                problem(line(node), "\"" + name + "\" is " + scalar.getValue() + ", expected a whole number");
                return 1;
            }
        }
        problem(node == null ? line(root) : line(node), "\"" + name + "\" is missing, or no number");
        return 1;
    }

    private void problem(int line, String text) {
        broken = true;
        problems.accept(fileName + ":" + line + ": " + text);
    }

    private static int lineOf(Map<String, Node> fields, String name) {
        Node node = fields.get(name);
        return node == null ? 1 : line(node);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
