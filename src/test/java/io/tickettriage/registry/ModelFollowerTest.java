package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.FollowerThread;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.testing.LogCapture;
import io.tickettriage.testing.TestModels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFollowerTest {
    private static final Set<String> QUEUES = Set.of("billing", "general", "logistics", "sales", "technical", "review");

    private final ScriptedModelTopic topic = new ScriptedModelTopic();
    private final ActiveModel activeModel =
            new ActiveModel(TestModels.artifact("bundled", 6).model());
    private final Challenger shadow = new Challenger();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private volatile ModelRehearsal rehearsal = artifact -> Optional.empty();
    private final ModelSelection selection = new ModelSelection(
            activeModel,
            shadow,
            new ModelCheck(new TreeSet<>(QUEUES), artifact -> rehearsal.problem(artifact)),
            new ModelFollower.Listener() {
                @Override
                public void activated(TicketModel model) {}

                @Override
                public void refused(String version) {
                    refused.add(version);
                }
            });
    private final ModelFollower follower = new ModelFollower(topic, ScriptedModelTopic.NAME, selection, () -> now);

    @BeforeEach
    void start() {
        follower.start();
        await().until(follower::hasCaughtUp);
    }

    @AfterEach
    void close() {
        follower.close();
    }

    static Stream<Throwable> whateverAModelThrows() {
        return Stream.of(
                new IllegalStateException("odd"),
                new NullPointerException("odd"),
                new OutOfMemoryError("odd"),
                new StackOverflowError("odd"),
                new AssertionError("odd"));
    }

    @ParameterizedTest
    @MethodSource("whateverAModelThrows")
    void shouldRefuseAModelWhateverItThrowsAndFollowTheNext(Throwable thrown) {
        publish("good");
        awaitActive("good");
        rehearsal = artifact -> {
            if (!isCalled(artifact, "bad")) {
                return Optional.empty();
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        };
        try (LogCapture log = LogCapture.of(ModelSelection.class)) {
            publish("bad");
            await().until(() -> refused.equals(List.of("bad")));
            assertThat(activeModel.current().version()).isEqualTo("good");
            assertThat(log.messages())
                    .containsExactly(
                            "refused model bad at tickets.models-0@2: " + thrown + "; model good stays active");
        }
        publish("later");
        awaitActive("later");
        assertThat(follower.problem()).isEmpty();
    }

    @Test
    void shouldCountAnArtifactOnceHoweverOftenItIsNamed() {
        topic.publish("bad", new byte[] {1, 2, 3});
        publish("good");
        awaitActive("good");
        topic.add("active", "bad".getBytes(UTF_8));
        publish("better");
        awaitActive("better");

        assertThat(refused).containsExactly("bad");
    }

    @Test
    void shouldRefuseAnArtifactThatCallsItselfOtherwise() {
        try (LogCapture log = LogCapture.of(ModelSelection.class)) {
            topic.publish("m1", TestModels.bytes("m2", 5));
            await().until(() -> refused.equals(List.of("m1")));

            assertThat(log.messages()).first().asString().contains("calls itself \"m2\"");
        }
    }

    @Test
    void shouldRefuseAnotherModelThatIsCalledAsTheProgramsOwn() {
        topic.publish("bundled", TestModels.bytes("bundled", 9));

        await().until(() -> refused.equals(List.of("bundled")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Big", "a b", "a\nb", "../x", "\u001b[31mred"})
    void shouldRefuseAKeyThatIsNoVersionInOneLine(String key) {
        try (LogCapture log = LogCapture.of(ModelSelection.class)) {
            topic.add(key, TestModels.bytes("m1", 5));

            await().until(() -> refused.equals(List.of(key)));
            assertThat(log.messages()).hasSize(1);
            assertThat(log.messages().get(0))
                    .doesNotContainPattern("\\p{Cntrl}")
                    .contains("tickets.models-0@0");
        }
    }

    @Test
    void shouldPassByARecordThatCannotBeReadAndSayWhere() {
        try (LogCapture log = LogCapture.of(ModelSelection.class)) {
            topic.addUnreadable();
            publish("later");
            awaitActive("later");

            assertThat(log.messages())
                    .first()
                    .asString()
                    .startsWith("refused model (unreadable) at tickets.models-0@0: cannot be read: "
                            + "java.lang.OutOfMemoryError: Java heap space");
            assertThat(refused).containsExactly("(unreadable)");
        }
    }

    @Test
    void shouldTryAgainAfterEveryFailureAndSayEachCauseOnce() {
        KafkaException denied = new TopicAuthorizationException("not allowed");
        try (LogCapture log = LogCapture.of(FollowerThread.class)) {
            topic.failWith(List.of(denied, denied, new IllegalStateException("odd")));
            await().until(() -> log.messages().size() == 2);
            assertThat(log.messages().get(0))
                    .isEqualTo("cannot follow tickets.models: not allowed; model bundled stays active, next attempt in"
                            + " 250 ms");
            assertThat(log.messages().get(1))
                    .contains("java.lang.IllegalStateException: odd")
                    .endsWith("in 1000 ms");
            assertThat(follower.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).startsWith("cannot follow tickets.models: "));
        }
        publish("later");
        awaitActive("later");
        await().until(() -> follower.problem().isEmpty());
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldSayThatAModelKeepsItBusy() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        rehearsal = artifact -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return Optional.empty();
        };
        publish("slow");
        entered.await();
        assertThat(follower.problem()).isEmpty();

        Instant began = now;
        now = began.plus(Duration.ofSeconds(61));
        assertThat(follower.problem()).contains("the model follower has been busy since " + began);

        leave.countDown();
        awaitActive("slow");
        await().until(() -> follower.problem().isEmpty());
    }

    @Test
    void shouldSayThatItHasEnded() {
        now = Instant.MAX; // No clock of a machine says so: it makes the follower's own arithmetic fail.
        topic.failWith(List.of(new IllegalStateException("odd"), new IllegalStateException("odd")));

        await().until(() -> follower.problem().orElse("").startsWith("the model follower has ended: "));
    }

    @Test
    void shouldRememberTheNamedModelInAFloodOfArtifacts() {
        topic.publish("named", TestModels.bytes("named", 5));
        topic.add("shadow", "named".getBytes(UTF_8));
        awaitActive("named");
        for (int i = 0; i < 1_100; i++) {
            topic.add("flood" + i, new byte[] {1});
        }
        publish("next");
        awaitActive("next");
        topic.add("active", "named".getBytes(UTF_8));
        awaitActive("named");
        topic.add("active", "flood0".getBytes(UTF_8));
        await().until(() -> refused.equals(List.of("flood0")));
        publish("last");
        awaitActive("last");
    }

    private static boolean isCalled(ModelArtifact artifact, String version) {
        return artifact.model().version().equals(version);
    }

    private void publish(String version) {
        topic.publish(version, TestModels.bytes(version, 5));
    }

    private void awaitActive(String version) {
        await().until(() -> activeModel.current().version().equals(version));
    }
}
