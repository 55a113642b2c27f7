package io.tickettriage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestModels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelRegistryIT {
    private static final SortedSet<String> QUEUES =
            new TreeSet<>(Set.of("billing", "general", "logistics", "sales", "technical", "review"));
    private static final byte[] CORRUPT = Arrays.copyOf(TestModels.bytes("corrupt", 6), 400);

    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    private final ActiveModel activeModel =
            new ActiveModel(TestModels.artifact("bundled", 6).model());
    private final Challenger shadow = new Challenger();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> consumer;
    private ModelRegistry registry;
    private String topic;

    @SuppressWarnings("NullAway.Init") // connect() runs before each test.
    ModelRegistryIT() {}

    @BeforeEach
    void connect() throws Exception {
        topic = RunningTriage.createTopics(broker).models();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
        consumer = newConsumer();
        registry = new ModelRegistry(producer, consumer, topic);
    }

    @AfterEach
    void disconnect() {
        producer.close();
        consumer.close();
    }

    @Test
    void shouldFollowPublishRollbackShadowAndPromotion() {
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            publish("m1");
            awaitActive("m1");
            publish("m2");
            awaitActive("m2");
            assertThat(registry.previous()).contains("m1");

            registry.activate("m1");
            awaitActive("m1");

            registry.publish("m3", TestModels.bytes("m3", 5), true);
            await().until(() -> shadow.current().map(TicketModel::version).equals(Optional.of("m3")));
            assertThat(activeModel.current().version()).isEqualTo("m1");

            registry.activate("m3");
            awaitActive("m3");
            await().until(() -> shadow.current().isEmpty());
        }
        assertThat(refused).isEmpty();
        assertThatThrownBy(() -> registry.activate("m9"))
                .hasMessage("no model m9 is published (there are: m1, m2, m3)");
    }

    @Test
    void shouldGoOnWithTheOldModelWhenTheNewOneIsBad() {
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            publish("good");
            awaitActive("good");

            registry.publish("corrupt", CORRUPT, false);
            await().until(() -> refused.equals(List.of("corrupt")));
            registry.publish("foreign", TestModels.bytes("foreign", List.of("legal", "b", "c", "d", "e")), false);
            await().until(() -> refused.equals(List.of("corrupt", "foreign")));

            assertThat(activeModel.current().version()).isEqualTo("good");
        }
    }

    @Test
    void shouldStartWithTheActiveModel() {
        publish("m1");
        publish("m2");
        registry.activate("m1");

        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            assertThat(activeModel.current().version()).isEqualTo("m1");
        }
    }

    @Test
    void shouldStartWithTheNewestValidModelOutsideTheShadowWhenTheActiveOneIsBad() {
        publish("older");
        publish("newer");
        registry.publish("challenger", TestModels.bytes("challenger", 5), true);
        registry.publish("corrupt", CORRUPT, false);

        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            assertThat(activeModel.current().version()).isEqualTo("newer");
        }
        assertThat(refused).containsExactly("corrupt");
    }

    @Test
    void shouldStartWithTheModelOfTheProgramWhenNothingValidIsPublished() {
        registry.publish("corrupt", CORRUPT, false);

        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            assertThat(activeModel.current().version()).isEqualTo("bundled");
        }
    }

    @Test
    void shouldKeepTheLastTwentyModelsAndTheActiveOne() {
        for (int i = 0; i < 24; i++) {
            publish("m" + i);
            if (i == 2) {
                registry.publish("s", TestModels.bytes("s", 5), true);
            }
        }

        List<String> versions =
                registry.list().stream().map(ModelRegistry.Published::version).toList();
        assertThat(versions)
                .hasSize(ModelRegistry.KEPT_ARTIFACTS)
                .contains("s", "m23", "m5")
                .doesNotContain("m0", "m1");
        assertThat(registry.artifact("m23"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(TestModels.bytes("m23", 5)));
        assertThat(registry.artifact("m0")).isEmpty();
    }

    private void publish(String version) {
        registry.publish(version, TestModels.bytes(version, 5), false);
    }

    private void awaitActive(String version) {
        await().until(() -> activeModel.current().version().equals(version));
    }

    private ModelFollower startFollower() {
        ModelFollower follower = new ModelFollower(
                newConsumer(), topic, activeModel, shadow, new ModelCheck(QUEUES), new ModelFollower.Listener() {
                    @Override
                    public void activated(TicketModel model) {}

                    @Override
                    public void refused(String version) {
                        refused.add(version);
                    }
                });
        follower.start();
        return follower;
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        1,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
