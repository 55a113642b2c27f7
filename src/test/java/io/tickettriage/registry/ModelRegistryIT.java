package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.FollowerThread;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.LogCapture;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
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
    private final List<String> activated = new CopyOnWriteArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> consumer;
    private ModelRegistry registry;
    private String topic;

    @SuppressWarnings("NullAway.Init") // connect() runs before each test.
    ModelRegistryIT() {}

    @BeforeEach
    void connect() throws Exception {
        topic = RunningTriage.createTopics(broker).models();
        producer = newProducer();
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
            assertThat(registry.published().previous()).contains("m1");

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

        List<String> versions = registry.published().list().stream()
                .map(PublishedModels.Published::version)
                .toList();
        assertThat(versions)
                .hasSize(ModelRegistry.KEPT_ARTIFACTS)
                .contains("s", "m23", "m5")
                .doesNotContain("m0", "m1");
        assertThat(registry.published().artifact("m23"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(TestModels.bytes("m23", 5)));
        assertThat(registry.published().artifact("m0")).isEmpty();
    }

    @Test
    void shouldFollowLaterModelsAfterAFileThatNobodyExpects() throws Exception {
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            publish("good");
            awaitActive("good");

            registry.publish("v1", versionOne(-5), false);
            registry.publish("huge", versionOne(Integer.MAX_VALUE), false);
            await().until(() -> refused.equals(List.of("v1", "huge")));
            assertThat(activeModel.current().version()).isEqualTo("good");

            publish("later");
            awaitActive("later");
        }
    }

    private static byte[] versionOne(int dimensions) throws Exception {
        return Files.readString(Path.of("src/test/resources/fixtures/model-v1.json"))
                .replaceFirst("\"embedding_dim\": *\\d+", "\"embedding_dim\":" + dimensions)
                .getBytes(UTF_8);
    }

    @Test
    void shouldKeepTheFirstOfTwoModelsThatAreCalledTheSame() {
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            send("m1", TestModels.bytes("m1", 5));
            send("active", "m1".getBytes(UTF_8));
            awaitActive("m1");
            String first = activeModel.current().sha256();
            send("m1", TestModels.bytes("m1", 9));
            await().until(() -> refused.equals(List.of("m1")));
            publish("m2");
            awaitActive("m2");
            send("active", "m1".getBytes(UTF_8));
            awaitActive("m1");
            assertThat(activeModel.current().sha256()).isEqualTo(first);
        }
    }

    @Test
    void shouldIgnoreAnArtifactThatIsNamedAsAPointer() {
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            publish("m1");
            awaitActive("m1");
            send("active", TestModels.bytes("active", 5));
            await().until(() -> refused.equals(List.of("active")));
            assertThat(activeModel.current().version()).isEqualTo("m1");
        }
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            assertThat(activeModel.current().version()).isEqualTo("m1");
        }
    }

    @Test
    void shouldLetOnlyTheLastOfTwoWritersChangeAnything() throws Exception {
        for (int i = 0; i < ModelRegistry.KEPT_ARTIFACTS; i++) {
            publish("m" + i);
        }
        try (KafkaProducer<byte[], byte[]> other = newProducer();
                KafkaConsumer<byte[], byte[]> otherConsumer = newConsumer()) {
            ModelRegistry later = new ModelRegistry(other, otherConsumer, topic);

            assertThatThrownBy(() -> registry.activate("m0"))
                    .isInstanceOf(ModelRegistry.SupersededException.class)
                    .hasMessageContaining("nothing was changed, run it again");
            later.publish("m20", TestModels.bytes("m20", 5), false);

            assertThat(later.published().active()).contains("m20");
            assertThat(later.published().artifact("m0")).isEmpty();
        }
        assertThat(published(PublishedModels::active)).contains("m20");
    }

    /** A publish prunes what a rollback is about to name: whoever wins, the pointer names what is there. */
    @Test
    void shouldAlwaysNameAPublishedModelWhilePublishesAndRollbacksRace() throws Exception {
        for (int i = 0; i < ModelRegistry.KEPT_ARTIFACTS; i++) {
            publish("m" + i);
        }
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 6; round++) {
                String version = "p" + round;
                CyclicBarrier bothHaveRead = new CyclicBarrier(2);
                Future<Boolean> publish = writers.submit(() -> succeeds(
                        bothHaveRead, registry -> registry.publish(version, TestModels.bytes(version, 5), false)));
                Future<Boolean> rollback = writers.submit(() -> succeeds(
                        bothHaveRead,
                        registry -> registry.activate(
                                registry.published().list().get(0).version())));

                assertThat(List.of(publish.get(1, TimeUnit.MINUTES), rollback.get(1, TimeUnit.MINUTES)))
                        .as("one of the two is told to run again")
                        .containsExactlyInAnyOrder(true, false);
                assertThat(published(PublishedModels::list))
                        .as("published after round %s", round)
                        .filteredOn(PublishedModels.Published::active)
                        .hasSize(1);
            }
        } finally {
            writers.shutdownNow();
        }
    }

    /** Whether a write goes through, with clients of its own as a command has. */
    private boolean succeeds(CyclicBarrier bothHaveRead, Consumer<ModelRegistry> write) throws Exception {
        try (KafkaProducer<byte[], byte[]> own = newProducer();
                KafkaConsumer<byte[], byte[]> ownConsumer = newConsumer()) {
            ModelRegistry writer = new ModelRegistry(own, ownConsumer, topic);
            bothHaveRead.await(1, TimeUnit.MINUTES);
            write.accept(writer);
            return true;
        } catch (ModelRegistry.SupersededException e) {
            return false;
        }
    }

    @Test
    void shouldRefuseASecondModelOfTheSameName() {
        publish("m1");
        publish("m2");

        assertThatThrownBy(() -> registry.publish("m1", TestModels.bytes("m1", 9), false))
                .hasMessageStartingWith("another model is published as m1 (sha256 ");
        assertThatThrownBy(() -> registry.publish("active", TestModels.bytes("m1", 9), false))
                .hasMessageStartingWith("version \"active\" is the name of a pointer");
        registry.publish("m1", TestModels.bytes("m1", 5), false);
        assertThat(registry.published().active()).contains("m1");
    }

    @Test
    void shouldServeTheModelOfTheProgramAgainAfterARollbackToIt() {
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            publish("m1");
            awaitActive("m1");

            registry.activateBuiltIn();
            awaitActive("bundled");
            assertThat(registry.published().active()).isEmpty();
            assertThat(registry.published().previous()).isEmpty();

            registry.activate("m1");
            awaitActive("m1");
            registry.activateBuiltIn();
            awaitActive("bundled");
        }
        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            assertThat(activeModel.current().version()).isEqualTo("bundled");
        }
    }

    @Test
    void shouldNotServeAnotherModelThanTheOneThatWasMeant() {
        publish("m0");
        publish("m1");
        // As after compaction: the first bytes of that name are gone.
        send("m1", null);
        send("m1", TestModels.bytes("m1", 9));

        try (ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            assertThat(activeModel.current().version()).isEqualTo("m0");
            assertThat(refused).containsExactly("m1");
        }
    }

    @Test
    void shouldSayThatTheTopicIsGoneAndGoOnWhenItIsBack() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
                LogCapture log = LogCapture.of(FollowerThread.class);
                ModelFollower follower = startFollower()) {
            await().until(follower::hasCaughtUp);
            publish("m1");
            awaitActive("m1");
            assertThat(follower.problem()).isEmpty();

            admin.deleteTopics(List.of(topic)).all().get();
            await().untilAsserted(() ->
                    assertThat(follower.problem()).contains("cannot follow " + topic + ": the topic does not exist"));
            assertThat(activeModel.current().version()).isEqualTo("m1");

            RunningTriage.createTopics(broker);
            connect();
            publish("m2");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> activeModel.current().version().equals("m2"));
            assertThat(follower.problem()).isEmpty();
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("does not exist"))
                    .hasSize(1);
            assertThat(activated).containsExactly("m1", "m2");
        }
    }

    private void send(String key, byte @Nullable [] value) {
        try (KafkaProducer<byte[], byte[]> plain = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            plain.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value))
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void publish(String version) {
        registry.publish(version, TestModels.bytes(version, 5), false);
    }

    private void awaitActive(String version) {
        await().until(() -> activeModel.current().version().equals(version));
    }

    private ModelFollower startFollower() {
        ModelFollower follower = new ModelFollower(
                newConsumer(),
                topic,
                activeModel,
                shadow,
                new ModelCheck(QUEUES, artifact -> Optional.empty()),
                new ModelFollower.Listener() {
                    @Override
                    public void activated(TicketModel model) {
                        activated.add(model.version());
                    }

                    @Override
                    public void refused(String version) {
                        refused.add(version);
                    }
                });
        follower.start();
        return follower;
    }

    private <T> T published(Function<PublishedModels, T> reading) {
        try (KafkaConsumer<byte[], byte[]> reader = newConsumer()) {
            return reading.apply(new PublishedModels(reader, topic));
        }
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "transactional.id",
                        ModelRegistry.transactionalId(new TopicNames(broker.prefix(), ""))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
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
