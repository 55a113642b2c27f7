package io.tickettriage.cli.shared;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.ScoringConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.TopicsConfig;
import io.tickettriage.kafka.RecordSender;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka cluster as the configuration describes it: its topics' names, and clients for commands. */
public record Cluster(Settings settings) {
    private static final int ANSWER_TIMEOUT_MS = 10_000;

    private KafkaClientsConfig clients() {
        return settings.get(KafkaClientsConfig.class);
    }

    /** Where it is, for people. */
    public String servers() {
        return clients().bootstrapServers();
    }

    /** How it calls the topics of the catalogue. */
    public TopicNames names() {
        TopicsConfig topics = settings.get(TopicsConfig.class);
        return new TopicNames(topics.prefix(), topics.dlqSuffix());
    }

    /** The labels that corrections are checked against. */
    public Taxonomy taxonomy() throws IOException {
        return ConfigFiles.read(settings.get(CorrectionsConfig.class).taxonomyFile(), Taxonomy::read);
    }

    /** Reads and changes its topics. */
    public TopicAdmin newAdmin() throws IOException {
        return TopicAdmin.connect(servers(), clients().admin());
    }

    /** Fails where a topic does not exist, or nothing answers; the message says what to do. */
    public void requireTopics(TopicNames names, Collection<String> topics) throws IOException {
        try (TopicAdmin admin = newAdmin()) {
            admin.verify(topics, names);
        }
    }

    /** A producer that loses nothing, and repeats nothing within its life, with some settings of its own. */
    public KafkaProducer<byte[], byte[]> newProducer(Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>(clients().producer());
        config.putAll(own);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_TIMEOUT_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer without a group that sees committed records only. */
    public KafkaConsumer<byte[], byte[]> newConsumer() {
        return newConsumer(Map.of());
    }

    /** The same with some settings of its own. */
    public KafkaConsumer<byte[], byte[]> newConsumer(Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>(clients().consumer());
        config.putAll(own);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What a command does with a consumer. */
    public interface Reading<T> {
        T with(KafkaConsumer<byte[], byte[]> consumer) throws IOException;
    }

    /** What a command does with a sender. */
    public interface Sending {
        void with(RecordSender sender) throws IOException;
    }

    /** Opens a consumer for as long as {@code work} takes; a failure of Kafka becomes {@link #unreachable}. */
    public <T> T withConsumer(Reading<T> work) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
            return work.with(consumer);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** Opens a sender for as long as {@code work} takes; returns how many records it sent, all acknowledged. */
    public long withSender(Sending work) throws IOException {
        try (KafkaProducer<byte[], byte[]> producer = newProducer(Map.of())) {
            RecordSender sender = new RecordSender(producer);
            work.with(sender);
            sender.flush();
            return sender.sent();
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** How many bytes a ticket may have. */
    public int maxTicketBytes() {
        return settings.get(ScoringConfig.class).maxTicketBytes();
    }

    /** The failure of a command that lost the cluster, or could not send to it. */
    public CommandFailedException unreachable(KafkaException cause) {
        String message = cause instanceof RecordSender.SendFailedException
                ? "not every record was sent to Kafka at %s: %s"
                : "no answer from Kafka at %s (%s); is it running there? --bootstrap names another place";
        return new CommandFailedException(message.formatted(servers(), cause.getMessage()), cause);
    }
}
