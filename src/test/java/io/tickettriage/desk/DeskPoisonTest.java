package io.tickettriage.desk;

import static io.tickettriage.desk.ScoredRecords.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.desk.Claims.Claim;
import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that others write to the desk's topics, and that nothing a person asks may stumble over afterwards. */
class DeskPoisonTest {
    private static final TopicNames NAMES = TopicNames.PLAIN;
    private static final Person ANN = new Person("ann", "w");
    private static final TicketReader READER = new TicketReader(() -> "department", InstantSource.system());

    private final ScoredRecords records = new ScoredRecords();
    private final DeskView view = Views.empty();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"prediction\":{\"department\":null}}",
                "{\"prediction\":{\"department\":{}}}",
                "{\"prediction\":{\"department\":{\"label\":null,\"confidence\":\"NaN\"}}}",
                "{\"prediction\":{\"department\":{\"label\":\"x\",\"confidence\":1e999999999}}}",
                "{\"routing\":{\"reasons\":[null]}}",
                "{\"routing\":{\"reasons\":[{}]}}",
                "{\"routing\":{\"reasons\":[{\"reason\":null,\"value\":1,\"threshold\":-1e999999999}]}}",
                "{\"explanation\":{\"department\":null}}",
                "{\"explanation\":{\"department\":[null,{}]}}",
                "{\"model\":{\"version\":null},\"ticket\":{\"text\":[1]}}"
            })
    void shouldStillListCountAndShowWhereATicketIsNotAsTheContractSays(String json) throws Exception {
        view.apply(records.record(NAMES.queue("review"), "T-1", json, 0));
        view.apply(records.record(NAMES.scored(), "T-2", json, 0));
        assertThat(view.<Integer>read(state -> state.open().size())).isEqualTo(1);
        view.<Object>read(state -> state.open().countBySuggestion());
        view.<Object>read(state -> state.open().countByReason());
        view.<Object>read(state -> state.open().stream()
                .map(open -> READER.summary(open, state, ANN))
                .toList());
        view.<Object>read(state -> state.open().stream()
                .map(open -> READER.detail(open.ticket(), state, ANN))
                .toList());
        assertThat(view.<Integer>read(state -> state.recent().size())).isEqualTo(1);
        view.<Object>read(state -> state.recent().stream()
                .map(ticket -> READER.summary(ticket, state, ANN))
                .toList());
        view.<Object>read(state -> state.recent().stream()
                .map(ticket -> READER.detail(ticket, state, ANN))
                .toList());
    }

    @Test
    void shouldStillTellOfAgreementWhereAnExampleDoesNotSayWhoGaveALabel() throws Exception {
        view.apply(records.record(NAMES.corrections(), "T", """
                {"text":"refund","department":"sales","predicted":{"department":"billing"},\
                "corrected":{"department":null}}""", 0));
        assertThat(view.<Object>read(state -> state.agreement().byHead(second(0))))
                .isEqualTo(Map.of());
        assertThat(view.<Object>read(state -> state.agreement().byPerson(second(0))))
                .isEqualTo(List.of());
    }

    @Test
    void shouldRefuseAClaimThatIsTooLongToKeep() {
        String by = "x".repeat(100_000);
        assertThatThrownBy(() -> new Claim(by, "w", second(60), "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.apply(records.record(NAMES.claims(), "T", """
                {"by":"%s","session":"w","until":"2026-11-20T10:01:00Z","claim":"c"}""".formatted(by), 0)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldBoundTheClaimsThatItKeeps() throws Exception {
        Claims claims = new Claims();
        for (int i = 0; i < 100_000; i++) {
            claims.apply("T-" + i, new Claim("ann", "w", second(60), "c" + i), second(0));
        }
        assertThat(claims.size()).isLessThanOrEqualTo(Claims.MAX_CLAIMS);
        assertThat(claims.of("T-99999", second(1))).isPresent();
    }

    /** Else the same ticket is given to a second person by the instance whose clock is ahead. */
    @Test
    void shouldKeepAClaimWhereTheClockOfThisInstanceIsAhead() throws Exception {
        view.apply(claim("T", "ann", "2026-11-20T10:02:00Z", 0));
        view.tidy(second(0).plus(Duration.ofMinutes(30)));
        assertThat(view.apply(claim("T", "bob", "2026-11-20T10:03:00Z", 60))
                        .claim()
                        .flatMap(DeskView.ClaimRead::holds)
                        .map(Claim::by))
                .contains("ann");
    }

    private ConsumerRecord<byte[], byte[]> claim(String id, String by, String until, int second) {
        return records.record(NAMES.claims(), id, """
                {"by":"%s","session":"w","until":"%s","claim":"%s-%d"}""".formatted(by, until, by, second), second);
    }

    @Test
    void shouldKnowADecisionThatIsSentAgainThoughSomebodyElseUsesItsKey() throws Exception {
        view.apply(records.submission("T-0", "{\"department\":\"sales\"}", "bob", 0, "key"));
        view.apply(records.submission("T-1", "{\"department\":\"sales\"}", "ann", 1, "key"));
        assertThat(view.<Optional<Submission>>read(state -> state.submissions().sentBefore("T-1", "ann", "key")))
                .isPresent();
        assertThat(view.<Optional<Submission>>read(state -> state.submissions().sentBefore("T-0", "ann", "key")))
                .isEmpty();
    }

    @Test
    void shouldListADecisionOnceThoughTheTopicHasItTwice() throws Exception {
        view.apply(records.submission("T-1", "{\"department\":\"sales\"}", "ann", 1, "key"));
        view.apply(records.submission("T-1", "{\"department\":\"sales\"}", "ann", 2, "key"));
        assertThat(view.<Integer>read(state -> state.submissions().of("T-1").size()))
                .isEqualTo(1);
    }

    @Test
    void shouldKeepADecisionWhateverIsRejectedAfterIt() throws Exception {
        view.apply(records.submission("T-1", "{\"department\":\"sales\"}", "ann", 0));
        for (int i = 0; i < 100; i++) {
            view.apply(records.submission("T-1", "{\"department\":\"nowhere\"}", "eve", i));
        }
        assertThat(view.<Optional<Submission>>read(state -> state.submissions().decisionOn("T-1")))
                .map(Submission::by)
                .contains("ann");
        assertThat(view.<Integer>read(state -> state.submissions().of("T-1").size()))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void shouldKeepDecisionsThroughAFloodOfSubmissionsThatAreRejected() throws Exception {
        view.apply(records.submission("T-1", "{\"department\":\"sales\"}", "ann", 0));
        for (int i = 0; i < 60_000; i++) {
            view.apply(records.submission("X-" + i, "{\"department\":\"nowhere\"}", "eve", 1));
        }
        view.apply(records.review("T-1", "refund", 0));
        assertThat(view.<Integer>read(state -> state.open().size())).isZero();
    }

    @Test
    void shouldNotOpenATicketAgainThoughMoreWereDecidedSinceThanItKeeps() throws Exception {
        for (int i = 0; i < 50_100; i++) {
            view.apply(records.submission("T-" + i, "{\"department\":\"sales\"}", "ann", 1));
        }
        view.apply(records.review("T-1", "refund", 0));
        view.apply(records.review("T-0", "refund", 2));
        assertThat(view.<String>read(state ->
                        state.open().stream().map(open -> open.ticket().id()).collect(Collectors.joining(","))))
                .isEqualTo("T-0");
        assertThat(view.<Long>read(state -> state.submissions().decided())).isEqualTo(50_100);
        view.apply(records.submission("T-1", "null", "ann", 3));
        view.apply(records.review("T-1", "refund", 0));
        assertThat(view.<Integer>read(state -> state.open().size())).isEqualTo(2);
    }

    @Test
    void shouldCountTicketsUnderAFewNamesHoweverManyAreWritten() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            view.apply(records.scored(NAMES.scored(), "T-" + i, "refund", "queue-" + i, 0));
        }
        view.apply(records.scored(NAMES.scored(), "T", "refund", "q".repeat(1_000), 0));
        Traffic.Summary summary = view.read(state -> state.traffic().since(second(0)));
        assertThat(summary.total()).isEqualTo(5_001);
        assertThat(summary.perQueue()).hasSize(101).containsEntry("(other)", 4_901L);
    }
}
