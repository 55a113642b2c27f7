/**
 * The catalogue of topics, and the difference between it and a cluster.
 *
 * <p>In: the files of {@code topics/}, and a Kafka {@code Admin} client. Out: {@link
 * io.tickettriage.topics.TopicCatalogue}, {@link io.tickettriage.topics.TopicDiff}, created and changed topics. This
 * package knows no message, no topology and no configuration of ours; nothing in it ever deletes a topic.
 */
package io.tickettriage.topics;
