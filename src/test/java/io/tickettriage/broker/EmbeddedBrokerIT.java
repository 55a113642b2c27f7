package io.tickettriage.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final TopicPartition TOPIC = new TopicPartition("kept", 0);

    private final Path directory;

    EmbeddedBrokerIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldServeWhatWasWrittenBeforeARestart() throws Exception {
        int port = FreePort.find();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            assertThat(broker.bootstrap()).isEqualTo("127.0.0.1:" + port);
            createTopic(broker, Map.of());
            send(broker, "before".getBytes(UTF_8));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            send(broker, "after".getBytes(UTF_8));
            assertThat(read(broker, 2))
                    .extracting(value -> new String(value, UTF_8))
                    .containsExactly("before", "after");
        }
    }

    @Test
    void shouldGroupConsumersAndCommitOffsets() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, FreePort.find())) {
            createTopic(broker, Map.of());
            send(broker, new byte[] {1});
            try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", broker.bootstrap(),
                            "group.id", "readers",
                            "auto.offset.reset", "earliest"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(TOPIC.topic()));
                assertThat(poll(consumer, 1)).hasSize(1);
                consumer.commitSync();
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                assertThat(admin.listConsumerGroupOffsets("readers")
                                .partitionsToOffsetAndMetadata()
                                .get(30, TimeUnit.SECONDS))
                        .extractingByKey(TOPIC)
                        .extracting(OffsetAndMetadata::offset)
                        .isEqualTo(1L);
            }
        }
    }

    @Test
    void shouldCommitTransactionsOfEightMebibyteRecords() throws Exception {
        byte[] model = new byte[8 * 1024 * 1024];
        new Random(7).nextBytes(model);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, FreePort.find())) {
            createTopic(broker, Map.of("max.message.bytes", Integer.toString(BrokerSettings.MAX_MESSAGE_BYTES)));
            try (Producer<byte[], byte[]> producer = producer(broker, Map.of("transactional.id", "publisher"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC.topic(), new byte[1])).get(30, TimeUnit.SECONDS);
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC.topic(), model)).get(30, TimeUnit.SECONDS);
                producer.commitTransaction();
            }
            assertThat(read(broker, 1)).containsExactly(model);
        }
    }

    @Test
    void shouldRefuseAPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseADirectoryThatAnotherBrokerUses() throws Exception {
        try (EmbeddedBroker first = EmbeddedBroker.start(directory, FreePort.find())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, FreePort.find()))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another broker");
            createTopic(first, Map.of());
        }
    }

    @Test
    void shouldRefuseTheDataOfAnotherCluster() throws Exception {
        Files.writeString(directory.resolve("meta.properties"), "version=1\ncluster.id=production\nnode.id=1\n");
        assertRefused("another Kafka cluster, \"production\"");
    }

    @Test
    void shouldRefuseADirectoryWithForeignFilesAndLeaveNothingInIt() throws Exception {
        Files.writeString(directory.resolve("thesis.txt"), "mine");
        assertRefused("thesis.txt");
        assertThat(directory).isDirectoryNotContaining(file -> !file.endsWith("thesis.txt"));
    }

    @Test
    void shouldRefuseAFileAsDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> EmbeddedBroker.start(file, FreePort.find()))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldReportAnInvalidSettingAndFreeTheDirectory() throws Exception {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, FreePort.find(), Map.of("num.io.threads", "none")))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("num.io.threads");
        EmbeddedBroker.start(directory, FreePort.find()).close();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, FreePort.find()))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(message);
    }

    private static void createTopic(EmbeddedBroker broker, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            NewTopic topic = new NewTopic(TOPIC.topic(), Optional.of(1), Optional.empty()).configs(configs);
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(EmbeddedBroker broker, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
            producer.send(new ProducerRecord<>(TOPIC.topic(), value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static Producer<byte[], byte[]> producer(EmbeddedBroker broker, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("max.request.size", BrokerSettings.MAX_MESSAGE_BYTES);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<byte[]> read(EmbeddedBroker broker, int count) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            return poll(consumer, count);
        }
    }

    private static List<byte[]> poll(Consumer<byte[], byte[]> consumer, int count) {
        List<byte[]> values = new ArrayList<>();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (values.size() < count && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(200))) {
                values.add(next.value());
            }
        }
        return values;
    }
}
