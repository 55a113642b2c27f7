package io.tickettriage.desk.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.desk.web.Learning.State;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static Learning.Progress run(String command) throws IOException {
        try (Learning learning = new Learning(command)) {
            assertThat(learning.start()).isTrue();
            await().until(() -> learning.progress().state() != State.RUNNING);
            return learning.progress();
        }
    }

    @Test
    void shouldTellWhichModelWasPublished() throws Exception {
        Learning.Progress done = run("sh -c \"echo epoch 1; echo published a1b2 as the active model\"");
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.lines()).containsExactly("epoch 1", "published a1b2 as the active model");
        assertThat(done.model()).contains("a1b2");
    }

    @Test
    void shouldTellARefusalFromAFailure() throws Exception {
        assertThat(run("sh -c \"echo refused: worse; exit 1\"").state()).isEqualTo(State.REFUSED);
        assertThat(run("sh -c \"echo no broker >&2; exit 1\"").state()).isEqualTo(State.FAILED);
        assertThat(run("sh -c \"echo no broker >&2; exit 1\"").lines()).containsExactly("no broker");
    }

    @Test
    void shouldRunOneAtATimeAndEndItWithTheDesk() throws Exception {
        Learning learning = new Learning("sleep 600");
        assertThat(learning.start()).isTrue();
        assertThat(learning.start()).isFalse();
        learning.close();
        await().until(() -> learning.progress().state() == State.FAILED);
    }

    @Test
    void shouldNotBePossibleWithoutACommand() {
        assertThat(new Learning("  ").isPossible()).isFalse();
    }
}
