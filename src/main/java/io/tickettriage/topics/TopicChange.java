package io.tickettriage.topics;

/** One thing to do so that a topic of the cluster is as the catalogue wants it. */
public sealed interface TopicChange {
    /** What applying a change costs. */
    enum Safety {
        /** Nothing that is stored is lost. */
        SAFE,
        /** Stored records go, or stale ones stay for ever: applied only with {@code --allow-data-loss}. */
        LOSES_DATA,
        /** Kafka cannot do it to a topic that exists; a person has to. */
        IMPOSSIBLE
    }

    /** The topic's name in the cluster. */
    String topic();

    /** What applying it costs. */
    default Safety safety() {
        return Safety.SAFE;
    }

    /** The change in words, without the topic: a clause such as {@code add partitions: 3 -> 6}. */
    String describe();

    /** The topic is missing. */
    record CreateTopic(TopicSpec spec) implements TopicChange {
        @Override
        public String topic() {
            return spec.name();
        }

        @Override
        public String describe() {
            return "create with " + spec.partitions() + (spec.partitions() == 1 ? " partition" : " partitions");
        }
    }

    /**
     * The topic has fewer partitions than wanted.
     *
     * @param compacted whether rows are kept by key: keys move to other partitions, and their old rows stay behind
     */
    record AddPartitions(String topic, int from, int to, boolean compacted) implements TopicChange {
        @Override
        public Safety safety() {
            return compacted ? Safety.LOSES_DATA : Safety.SAFE;
        }

        @Override
        public String describe() {
            return "add partitions: " + from + " -> " + to
                    + (compacted ? " (keys move, and the old rows of a compacted topic stay where they were)" : "");
        }
    }

    /** The topic has more partitions than wanted. */
    record RemovePartitions(String topic, int from, int to) implements TopicChange {
        @Override
        public Safety safety() {
            return Safety.IMPOSSIBLE;
        }

        @Override
        public String describe() {
            return "remove partitions: " + from + " -> " + to + " (Kafka never does; set the catalogue to " + from
                    + ", or copy to a new topic)";
        }
    }

    /** The topic has another number of replicas than wanted. */
    record ChangeReplication(String topic, int from, int to) implements TopicChange {
        @Override
        public Safety safety() {
            return Safety.IMPOSSIBLE;
        }

        @Override
        public String describe() {
            return "change replicas: " + from + " -> " + to + " (use Kafka's own kafka-reassign-partitions)";
        }
    }

    /**
     * A setting differs.
     *
     * @param from the value in force, empty where the cluster knows no such setting
     * @param losesData whether stored records go: a shorter retention, another clean-up
     */
    record SetConfig(String topic, String config, String from, String to, boolean losesData) implements TopicChange {
        @Override
        public Safety safety() {
            return losesData ? Safety.LOSES_DATA : Safety.SAFE;
        }

        @Override
        public String describe() {
            return "set " + config + ": " + (from.isEmpty() ? "(none)" : from) + " -> " + to
                    + (losesData ? " (stored records may go)" : "");
        }
    }
}
