package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.message.Routing;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.TicketModel;
import io.tickettriage.testing.TestModels;
import io.tickettriage.testing.TestRules;
import io.tickettriage.text.PhraseMatcher;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final TicketModel MODEL = TestModels.artifact("m", 6).model();

    @ParameterizedTest
    @CsvSource({
        "I will SUE YOU now,sue you,true",
        "sue you,sue you,true",
        "pursue you,sue you,false",
        "sue your,sue you,false",
        "(sue you!),sue you,true",
        "\u0915\u094b\u0930\u094d\u091f \u091c\u093e\u090a\u0902\u0917\u093e,\u0915\u094b\u0930\u094d\u091f,true"
    })
    void shouldFindPhrasesAtWordBoundariesInAnyCase(String text, String phrase, boolean found) {
        assertThat(PhraseMatcher.contains(text, phrase)).isEqualTo(found);
    }

    @Test
    void shouldLetTheFirstMatchingRuleDecideAndNameIt() throws Exception {
        Rules rules = Rules.parse("""
                rules:
                  - name: vip
                    when: {metadata: {region: EU}, labels: {intent: [refund]}, confidence: {intent: {at_least: 0.5}}}
                    then: {queue: sales}
                  - name: later
                    when: {phrases: [refund]}
                    then: {queue: review}
                """, "rules.yaml");

        assertThat(route(rules, "{\"text\":\"refund\",\"region\":\"eu\"}"))
                .satisfies(r -> assertThat(r.queue()).isEqualTo("sales"))
                .satisfies(r -> assertThat(r.rule()).contains("vip"))
                .satisfies(r -> assertThat(r.requiresReview()).isFalse());
        assertThat(route(rules, "{\"text\":\"refund\"}").rule()).contains("later");
        assertThat(route(rules, "{\"text\":\"crash\"}").rule()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"labels: {mood: [bad]}", "confidence: {mood: {below: 1}}"})
    void shouldNeverHoldAboutAHeadTheModelDoesNotHave(String condition) throws Exception {
        Rules rules =
                Rules.parse("rules: [{name: n, when: {" + condition + "}, then: {queue: technical}}]", "rules.yaml");

        assertThat(route(rules, "{\"text\":\"refund\"}").queue()).isEqualTo("billing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"labels: {department: [billing]}", "confidence: {department: {}}"})
    void shouldNeverHoldAboutAnAnswerThatIsNoNumber(String condition) throws Exception {
        Rules rules =
                Rules.parse("rules: [{name: n, when: {" + condition + "}, then: {queue: technical}}]", "rules.yaml");
        Head head = MODEL.routingHead();
        float[] scores = new float[head.labels().size()];
        Arrays.fill(scores, Float.NaN);
        Prediction prediction = new Prediction(List.of(new HeadPrediction(head, 0, scores)), 1, 0);

        assertThat(new Router(rules)
                        .route(ticket("{\"text\":\"refund\"}"), prediction, MODEL)
                        .queue())
                .isEqualTo(Routing.REVIEW);
    }

    @Test
    void shouldOverrideTheThresholds() throws Exception {
        Rules rules = Rules.parse("rules: [{name: n, when: {phrases: [xyzzy]}, then: {queue: general}}]", "rules.yaml");

        assertThat(route(TestRules.none(), "{\"text\":\"xyzzy\"}").queue()).isEqualTo(Routing.REVIEW);
        assertThat(route(rules, "{\"text\":\"xyzzy\"}").queue()).isEqualTo("general");
    }

    @Test
    void shouldRefuseABadFileWithLineAndReason() {
        assertThatThrownBy(() -> Rules.parse(
                        "rules:\n  - name: a\n    when: {phrasen: [x]}\n    then: {queue: sales}\n", "rules.yaml"))
                .hasMessageStartingWith("rules.yaml:3: ")
                .hasMessageContaining("phrasen");
        assertThatThrownBy(() ->
                        Rules.parse("rules:\n  - name: a\n    when: {phrases: [x]}\n    then: {}\n", "rules.yaml"))
                .hasMessageContaining("rule \"a\" has no then.queue");
        assertThatThrownBy(() -> Rules.parse("rules:\n  - name: a\n    then: {queue: sales}\n", "rules.yaml"))
                .hasMessageContaining("rule \"a\" has no condition under when");
        assertThatThrownBy(() -> Rules.parse("rules: [", "rules.yaml")).hasMessageStartingWith("rules.yaml:1: ");
    }

    @Test
    void shouldNameEveryHeadLabelAndQueueTheModelDoesNotHave() throws Exception {
        Rules rules = Rules.parse("""
                rules:
                  - name: a
                    when: {labels: {intent: [refunds], mood: [bad]}}
                    then: {queue: legal}
                """, "rules.yaml");

        assertThat(rules.problems(MODEL))
                .hasSize(3)
                .allMatch(p -> p.startsWith("rules.yaml:2: rule \"a\": "))
                .anyMatch(p -> p.contains("\"legal\""))
                .anyMatch(p -> p.contains("\"refunds\""))
                .anyMatch(p -> p.contains("\"mood\""));
    }

    private static Routing route(Rules rules, String json) {
        Ticket ticket = ticket(json);
        return new Router(rules).route(ticket, MODEL.newPredictor().predict(ticket.text(), ticket.metadata()), MODEL);
    }

    private static Ticket ticket(String json) {
        return (Ticket) new TicketDecoder(1000).decode(RawTicket.ofJson(json.getBytes(UTF_8), "t", 1));
    }
}
