package io.tickettriage.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.registry.ModelFollower;
import io.tickettriage.testing.TestModels;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ModelHealthTest {
    @Test
    void shouldTellThatTheFollowerHasEnded() {
        MockConsumer<byte[], byte[]> broken = new MockConsumer<>("earliest") {
            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                throw new IllegalStateException("of a test");
            }
        };
        TicketModel model = TestModels.artifact("v1", 6).model();
        ModelFollower follower = new ModelFollower(
                broken,
                "tickets.models",
                new ActiveModel(model),
                new Challenger(),
                new ModelCheck(new TreeSet<>()),
                new ModelFollower.Listener() {
                    @Override
                    public void activated(TicketModel activated) {}

                    @Override
                    public void refused(String version) {}
                });
        follower.start();

        await().dontCatchUncaughtExceptions().until(() -> !follower.isFollowing());
        assertThat(Application.problem(follower))
                .hasValueSatisfying(problem -> assertThat(problem).contains("does not run"));
    }
}
