package io.tickettriage.topics;

/**
 * One thing to do so that a topic of the cluster is as the catalogue wants it.
 *
 * @param wanted under its name in the cluster
 * @param config the setting to set; empty for other kinds
 * @param safety what applying it costs
 * @param description the change in words, without the topic: a clause such as {@code add partitions: 3 -> 6}
 */
public record TopicChange(Kind kind, TopicSpec wanted, String config, Safety safety, String description) {
    enum Kind {
        CREATE,
        ADD_PARTITIONS,
        SET_CONFIG,
        NOTHING
    }

    /** What applying a change costs. */
    public enum Safety {
        /** Nothing that is stored is lost. */
        SAFE,
        /** Stored records go, or stale ones stay for ever: applied only with {@code --allow-data-loss}. */
        LOSES_DATA,
        /** Kafka cannot do it to a topic that exists; a person has to. */
        IMPOSSIBLE
    }

    /** The topic's name in the cluster. */
    public String topic() {
        return wanted.name();
    }
}
