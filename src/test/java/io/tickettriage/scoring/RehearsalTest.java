package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.testing.ScriptedNetwork;
import io.tickettriage.testing.TestModels;
import io.tickettriage.testing.TestRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    private static final TicketModel MODEL = TestModels.artifact("m", 6).model();

    private final Templates templates;
    private final Rehearsal rehearsal;

    RehearsalTest() throws Exception {
        templates = Templates.parse(Files.readString(Path.of("config/templates.yaml")), "templates.yaml");
        rehearsal = new Rehearsal(TestRules.none(), templates);
    }

    @Test
    void shouldPassTheModelInTheProgram() throws Exception {
        TicketModel model = ArtifactFile.read(null).model();
        Rules rules = Rules.parse(Files.readString(Path.of("config/rules.yaml")), "rules.yaml");

        assertThat(new Rehearsal(rules, templates).problem(model, List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldNameTheProbeTheHeadAndTheNumber(float logit) {
        TicketModel model =
                ScriptedNetwork.model((text, logits) -> Arrays.fill(logits, text.contains("\uD83D\uDCE6") ? logit : 0));

        assertThat(rehearsal.problem(model, List.of()))
                .contains("rehearsal, \"emoji\": head department: billing scores NaN, expected 0 to 1");
    }

    @Test
    void shouldRehearseTheModelsOwnTicketsFirst() {
        TicketModel model = ScriptedNetwork.model((text, logits) -> Arrays.fill(logits, Float.NaN));
        Probe own = new Probe("golden[0]", "refund", Map.of("plan", "enterprise"));

        assertThat(rehearsal.problem(model, List.of(own))).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("rehearsal, \"golden[0]\": head department"));
    }

    @Test
    void shouldRefuseAModelThatThrows() {
        TicketModel model = ScriptedNetwork.model((text, logits) -> {
            if (text.length() > 100_000) {
                throw new IndexOutOfBoundsException("97 of 96");
            }
        });

        assertThat(rehearsal.problem(model, List.of()))
                .contains("rehearsal, \"one giant word\": scoring fails: "
                        + "java.lang.IndexOutOfBoundsException: 97 of 96");
    }

    @Test
    void shouldRefuseAModelThatIsSlowTwiceAndSpareItTheLongerTexts() {
        AtomicLong nanos = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        TicketModel model = ScriptedNetwork.model((text, logits) -> {
            longest.accumulateAndGet(text.length(), Math::max);
            nanos.addAndGet(Duration.ofMillis(text.length()).toNanos());
        });

        assertThat(new Rehearsal(TestRules.none(), templates, nanos::get).problem(model, List.of()))
                .contains("rehearsal, \"digits\": takes 5000 ms, the limit is 3000");
        assertThat(longest).hasValue(5000);
    }

    @Test
    void shouldSpareAModelThatWasSlowOnce() {
        AtomicLong nanos = new AtomicLong();
        TicketModel model = ScriptedNetwork.model(
                (text, logits) -> nanos.compareAndSet(0, Duration.ofSeconds(9).toNanos()));

        assertThat(new Rehearsal(TestRules.none(), templates, nanos::get).problem(model, List.of()))
                .isEmpty();
    }

    @Test
    void shouldRefuseAModelThatTheRulesDoNotFit() throws Exception {
        Rules rules = Rules.parse("""
                rules:
                  - name: moody
                    when: {labels: {mood: [bad]}}
                    then: {queue: billing}
                  - name: refunding
                    when: {labels: {intent: [refunds]}}
                    then: {queue: billing}
                """, "rules.yaml");

        assertThat(new Rehearsal(rules, templates).problem(MODEL, List.of()))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("rules.yaml:2: rule \"moody\": there is no head \"mood\"")
                        .contains("; rules.yaml:5: rule \"refunding\": head intent has no label \"refunds\""));
    }

    @Test
    void shouldRefuseATicketOfItsOwnThatNoProducerCouldSend() {
        assertThat(rehearsal.problem(MODEL, List.of(new Probe("golden[0]", " ", Map.of()))))
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("rehearsal, \"golden[0]\": is rejected: NO_TEXT"));
    }

    @Test
    void shouldTakeTicketsUpToTheLargest() {
        assertThat(Probe.builtIn())
                .allMatch(probe -> probe.ticket().length <= Probe.MAX_BYTES)
                .anyMatch(probe -> probe.ticket().length > Probe.MAX_BYTES - 200);
        assertThat(new String(Probe.builtIn().get(0).ticket(), UTF_8)).contains("\"text\":\"x\"");
    }
}
