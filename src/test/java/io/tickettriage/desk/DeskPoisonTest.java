package io.tickettriage.desk;

import static io.tickettriage.desk.ScoredRecords.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.desk.Claims.Claim;
import io.tickettriage.desk.DeskView.State;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that others write to the desk's topics, and that nothing a person asks may stumble over afterwards. */
class DeskPoisonTest {
    private static final TopicNames NAMES = TopicNames.PLAIN;
    private static final Person ANN = new Person("ann", "w");
    private static final TicketReader READER = new TicketReader(() -> "department");

    private final ScoredRecords records = new ScoredRecords();
    private final DeskView view = new DeskView(
            NAMES,
            new CorrectionDecoder(taxonomy(), 1 << 20),
            taxonomy(),
            () -> "department",
            Duration.ofDays(7),
            new State(
                    new OpenTickets(100, 1 << 20),
                    new RecentTickets(100, 1 << 20),
                    new Claims(),
                    new Submissions(),
                    new Agreement(),
                    new Traffic()));

    private static Taxonomy taxonomy() {
        try {
            return ConfigFiles.read("config/taxonomy.yaml", Taxonomy::read);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

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
}
