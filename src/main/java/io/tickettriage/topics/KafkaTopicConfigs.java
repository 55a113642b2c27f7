package io.tickettriage.topics;

import java.lang.reflect.Field;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.config.TopicConfig;

/** The names of the settings a topic can have. */
final class KafkaTopicConfigs {
    /** Read from the constants of Kafka's own class, which is the only list that a client library carries. */
    static final SortedSet<String> NAMES = names();

    private KafkaTopicConfigs() {}

    private static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (Field field : TopicConfig.class.getFields()) {
            if (field.getName().endsWith("_CONFIG") && field.getType() == String.class) {
                try {
                    names.add((String) field.get(TopicConfig.class));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("a public constant is always readable", e);
                }
            }
        }
        return names;
    }
}
