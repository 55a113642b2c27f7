package io.tickettriage.config;

/** What is put around the topic names of the catalogue; either may be empty. */
public record TopicsConfig(
        @Setting(name = TopicsConfig.PREFIX, pattern = TopicsConfig.AFFIX, expected = TopicsConfig.EXPECTED)
        String prefix,

        @Setting(name = TopicsConfig.DLQ_SUFFIX, pattern = TopicsConfig.AFFIX, expected = TopicsConfig.EXPECTED)
        String dlqSuffix) {
    public static final String PREFIX = "triage.topic.prefix";
    public static final String DLQ_SUFFIX = "triage.dlq.suffix";
    static final String EXPECTED = "at most 100 letters, digits, '.', '_' and '-'";
    static final String AFFIX = "[A-Za-z0-9._-]{0,100}";
}
