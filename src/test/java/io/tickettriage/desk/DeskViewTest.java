package io.tickettriage.desk;

import static io.tickettriage.desk.ScoredRecords.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.desk.DeskView.State;
import io.tickettriage.desk.TicketChange.Change;
import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeskViewTest {
    private static final String SALES = "{\"department\":\"sales\"}";

    private final ScoredRecords records = new ScoredRecords();
    private final DeskView view = Views.empty(100, 1 << 20);

    private List<TicketChange> apply(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return view.apply(record).tickets();
    }

    private static List<String> open(DeskView view) {
        return view.read(
                state -> state.open().stream().map(open -> open.ticket().id()).toList());
    }

    @Test
    void shouldKeepAReviewTicketOpenUntilSomebodyDecidesIt() throws Exception {
        assertThat(apply(records.review("T-1", "refund me", 0)))
                .containsExactly(new TicketChange("T-1", Change.OPENED, ""));
        assertThat(apply(records.submission("T-1", SALES, "ann", 5)))
                .containsExactly(new TicketChange("T-1", Change.DECIDED, "ann"));
        assertThat(open(view)).isEmpty();
        assertThat(view.<Boolean>read(state -> state.recent().find("T-1").isPresent()))
                .isTrue();
    }

    /** Whoever sent it waits for that: a claim on the ticket, or its coming, is no answer. */
    @Test
    void shouldTellOfEverySubmissionThatItHasReadAndOfNothingElse() throws Exception {
        assertThat(view.apply(records.review("T-1", "refund me", 0)).said()).isEmpty();
        for (String id : List.of("T-1", "routed", "unknown")) {
            assertThat(view.apply(records.submission(id, SALES, "ann", 5, "key-" + id))
                            .said())
                    .map(Submission::idempotencyKey)
                    .contains("key-" + id);
        }
    }

    @Test
    void shouldListTheOldestFirstWhateverOrderPartitionsAreReadIn() throws Exception {
        apply(records.review("late", "refund", 30));
        apply(records.review("early", "refund", 10));
        apply(records.review("middle", "refund", 20));
        assertThat(open(view)).containsExactly("early", "middle", "late");
    }

    @Test
    void shouldCloseATicketWhoseDecisionIsReadBeforeIt() throws Exception {
        apply(records.submission("T-1", SALES, "ann", 5));
        assertThat(apply(records.review("T-1", "refund me", 0))).isEmpty();
        assertThat(open(view)).isEmpty();
    }

    @Test
    void shouldOpenATicketAgainWhenTheDecisionIsTakenBackOrANewerVersionComes() throws Exception {
        apply(records.review("T-1", "refund me", 0));
        apply(records.submission("T-1", SALES, "ann", 5));
        assertThat(apply(records.submission("T-1", "null", "ann", 6)))
                .containsExactly(new TicketChange("T-1", Change.REOPENED, "ann"));
        apply(records.submission("T-1", SALES, "ann", 7));
        assertThat(open(view)).isEmpty();
        apply(records.review("T-1", "refund me, and my parcel is late", 8));
        assertThat(open(view)).containsExactly("T-1");
    }

    @Test
    void shouldNotCloseATicketForASubmissionThatWouldBeRejected() throws Exception {
        apply(records.review("T-1", "refund me", 0));
        assertThat(apply(records.submission("T-1", "{\"department\":\"nowhere\"}", "ann", 5)))
                .isEmpty();
        assertThat(apply(records.record(TopicNames.PLAIN.correctionsSubmitted(), "T-1", "[]", 6)))
                .isEmpty();
        assertThat(open(view)).containsExactly("T-1");
        assertThat(view.<String>read(
                        state -> state.submissions().of("T-1").get(0).detail()))
                .startsWith("UNKNOWN_LABEL: ");
    }

    @Test
    void shouldDropTheOldestWhereThereAreTooManyAndCountThem() throws Exception {
        DeskView small = Views.empty(2, 1 << 20);
        for (int i = 0; i < 5; i++) {
            small.apply(records.review("T-" + i, "refund", i));
        }
        assertThat(open(small)).containsExactly("T-3", "T-4");
        assertThat(small.<Long>read(state -> state.open().dropped())).isEqualTo(3);
        DeskView narrow = Views.empty(100, 1_000);
        for (int i = 0; i < 5; i++) {
            narrow.apply(records.review("T-" + i, "refund", i));
        }
        assertThat(open(narrow)).hasSizeLessThan(3).endsWith("T-4");
    }

    @Test
    void shouldForgetWhatIsOlderThanTheWindow() throws Exception {
        apply(records.review("old", "refund", 0));
        apply(records.review("new", "refund", 100));
        view.tidy(second(50).plus(Duration.ofDays(7)));
        assertThat(open(view)).containsExactly("new");
    }

    @Test
    void shouldFindTheSameAfterReadingTheTopicsAnewInAnotherOrder() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> queue = List.of(
                records.review("a", "refund", 0), records.review("b", "refund", 1), records.review("c", "refund", 2));
        List<ConsumerRecord<byte[], byte[]>> said = List.of(
                records.submission("a", SALES, "ann", 3),
                records.submission("b", SALES, "ann", 4),
                records.submission("b", "null", "ann", 5));
        DeskView queueFirst = Views.empty(100, 1 << 20);
        DeskView submissionsFirst = Views.empty(100, 1 << 20);
        for (var record : queue) {
            queueFirst.apply(record);
        }
        for (var record : said) {
            queueFirst.apply(record);
            submissionsFirst.apply(record);
        }
        for (var record : queue) {
            submissionsFirst.apply(record);
        }
        assertThat(open(queueFirst)).containsExactly("b", "c").isEqualTo(open(submissionsFirst));
    }

    @Test
    void shouldCountAgreementByHeadLabelAndPerson() throws Exception {
        for (int i = 0; i < 4; i++) {
            String given = i == 0 ? "sales" : "billing";
            apply(records.record(TopicNames.PLAIN.corrections(), "T-" + i, """
                    {"id":"T","text":"refund","department":"%s","predicted":{"department":"billing"},\
                    "corrected":{"department":{"by":"ann","at":"2026-11-20T10:00:00Z"}}}""".formatted(given), i));
        }
        Map<String, Agreement.OfHead> byHead =
                view.read(state -> state.agreement().byHead(ScoredRecords.BEGINNING));
        assertThat(byHead).containsOnlyKeys("department");
        Agreement.OfHead department = byHead.getOrDefault("department", new Agreement.OfHead(Share.of(0, 0), Map.of()));
        assertThat(department.overall().share()).isEqualTo(0.75);
        assertThat(department.labels()).containsOnlyKeys("billing");
        Function<State, List<Agreement.OfPerson>> people =
                state -> state.agreement().byPerson(ScoredRecords.BEGINNING);
        assertThat(view.read(people)).singleElement().satisfies(person -> {
            assertThat(person.by()).isEqualTo("ann");
            assertThat(person.decisions()).isEqualTo(4);
            assertThat(person.outlier()).isFalse();
        });
        assertThat(view.<Map<String, Agreement.OfHead>>read(
                        state -> state.agreement().byHead(second(1))))
                .isEmpty();
    }

    /** The follower passes by what throws here; nothing of it may stay half done. */
    @Test
    void shouldRefuseWhatIsNoClaimAndNoExample() {
        assertThatThrownBy(() -> view.apply(records.record(TopicNames.PLAIN.claims(), "T", "{\"until\":3e400}", 0)))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatThrownBy(() -> view.apply(records.record(TopicNames.PLAIN.corrections(), "T", "[]", 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldShowATicketOfTheQueueThatIsNoScoredTicketAsOneWithoutText() throws Exception {
        apply(records.record(TopicNames.PLAIN.queue("review"), "T-1", "no json", 0));
        assertThat(open(view)).containsExactly("T-1");
    }
}
