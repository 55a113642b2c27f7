package io.tickettriage.config;

import java.util.List;

/**
 * What is put around the topic names of the catalogue.
 *
 * @param prefix before every name; may be empty
 * @param dlqSuffix after the name of the dead-letter topic; may be empty
 */
public record TopicsConfig(String prefix, String dlqSuffix) {
    public static final Setting<String> PREFIX =
            affix("triage.topic.prefix", "Put before the name of every topic; give the same to \"topics apply\".");
    public static final Setting<String> DLQ_SUFFIX = affix(
            "triage.dlq.suffix", "Put after the name of the dead-letter topic; give the same to \"topics apply\".");

    static final List<Setting<?>> KEYS = List.of(PREFIX, DLQ_SUFFIX);

    private static Setting<String> affix(String name, String doc) {
        return Setting.text(name, "", "at most 100 letters, digits, '.', '_' and '-'", "[A-Za-z0-9._-]{0,100}", doc);
    }

    public static TopicsConfig of(Settings settings) {
        return new TopicsConfig(settings.get(PREFIX), settings.get(DLQ_SUFFIX));
    }
}
