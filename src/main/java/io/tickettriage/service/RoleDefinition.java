package io.tickettriage.service;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import org.apache.kafka.streams.Topology;

/** What a role is: its topology and the topics it needs. */
interface RoleDefinition {
    /** The topics it needs, under their names in the cluster. */
    List<String> topics(TopicNames names, SortedSet<String> queues);

    /** Checks of its topics more than that they exist. */
    default void verify(TopicAdmin admin, TopicNames names) throws IOException {}

    Topology topology(RoleContext context) throws IOException;
}
