package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.testing.Browser;
import io.tickettriage.testing.BrowserOfTest;
import io.tickettriage.testing.DeskServer;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.Pictures;
import io.tickettriage.testing.ReviewWindow;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The desk as people use it: a real browser on the real program, and what is on the topic afterwards. */
class DeskBrowserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REVIEWS = 20;

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @RegisterExtension
    static final BrowserOfTest BROWSER = new BrowserOfTest();

    @TempDir
    private Path directory;

    private DeskServer startDesk(int doubtful) throws Exception {
        DeskServer desk = DeskServer.start(BROKER.bootstrap(), BROKER.prefix(), directory);
        desk.sendDoubtful(doubtful);
        return desk;
    }

    @Test
    void shouldClearTwentyReviewsOfTheDemoWithTwoKeysEachAtMost() throws Exception {
        try (DeskServer desk = DeskServer.start(BROKER.bootstrap(), BROKER.prefix(), directory)) {
            desk.sendDemo();
            desk.awaitAtLeastOpen(REVIEWS);
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            Map<String, Map<String, String>> expected = new TreeMap<>();
            List<Integer> keys = new ArrayList<>();
            String ticket = "";
            for (int i = 0; i < REVIEWS; i++) {
                ticket = window.ticketAfter(ticket);
                int before = BROWSER.get().keys();
                expected.put(ticket, decide(window, i));
                keys.add(BROWSER.get().keys() - before);
            }

            Map<String, Map<String, String>> said = new TreeMap<>();
            for (JsonNode one : desk.awaitSaid(REVIEWS)) {
                assertThat(one.path("submitted_by").asText()).isEqualTo("ann");
                said.put(one.path("ticket_id").asText(), labels(one));
            }
            assertThat(said).isEqualTo(expected);
            assertThat(keys).allMatch(pressed -> pressed <= 2);
            int all = keys.stream().mapToInt(Integer::intValue).sum();
            Pictures.note("keys", REVIEWS + " reviews, " + all + " key presses, each " + keys + "\n");
        }
    }

    /** Decides as people do: half of the tickets as the model says; returns what that should put on record. */
    private static Map<String, String> decide(ReviewWindow window, int i) {
        Map<String, String> labels = window.suggested();
        switch (i % 4) {
            case 1 -> {
                String department = window.another("department");
                window.choose("department", department);
                window.confirm();
                return Map.of("department", department);
            }
            case 3 -> {
                labels.put("intent", window.another("intent"));
                labels.forEach(window::choose);
                return labels;
            }
            default -> {
                window.confirm();
                return labels;
            }
        }
    }

    private static Map<String, String> labels(JsonNode submission) {
        return Json.MAPPER.convertValue(submission.path("labels"), new TypeReference<TreeMap<String, String>>() {});
    }

    @Test
    void shouldTakeTheLastDecisionBackWithOneKeyBeforeAndAfterItIsOnRecord() throws Exception {
        try (DeskServer desk = startDesk(2)) {
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            window.awaitTicket("T-1");
            window.confirm();
            window.awaitState("T-1", "sent");
            window.awaitTicket("T-2");
            BROWSER.get().press("u");
            window.awaitNotice("is taken back");
            window.awaitTicket("T-1");
            assertThat(desk.awaitSaid(2).get(1).path("labels").isNull()).isTrue();
            desk.awaitOpen(2);

            window.confirm();
            BROWSER.get().press("u"); // At once: the first is still on its way.
            window.awaitTicket("T-1");
            desk.awaitOpen(2);
            window.choose("department", "sales");
            window.confirm();
            window.awaitTicket("T-2");
            desk.awaitOpen(1);
            List<JsonNode> said = desk.said();
            assertThat(labels(said.get(said.size() - 1))).isEqualTo(Map.of("department", "sales"));
        }
    }

    @Test
    void shouldDecideOnceWhenTheButtonIsDoubleClickedOrTheKeyPressedTwice() throws Exception {
        try (DeskServer desk = startDesk(4)) {
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            window.awaitTicket("T-1");
            BROWSER.get().doubleClick("#confirm");
            window.awaitTicket("T-2");
            BROWSER.get().pressTwice(Keys.ENTER);
            window.awaitTicket("T-3");
            window.confirm();
            window.awaitTicket("T-4");
            window.awaitState("T-3", "sent");

            assertThat(desk.awaitSaid(3))
                    .extracting(one -> one.path("ticket_id").asText())
                    .containsExactly("T-1", "T-2", "T-3");
        }
    }

    @Test
    void shouldNeverGiveOneTicketToTwoPeopleAndSayWhoHasItAndWhoDecidedIt() throws Exception {
        try (DeskServer desk = startDesk(5);
                Browser other = Browser.start()) {
            ReviewWindow ann = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            ann.awaitTicket("T-1");
            ReviewWindow bob = ReviewWindow.open(other, desk.url(), "bob");
            bob.awaitTicket("T-3"); // The second waits ready for ann.
            bob.pick("Parcel number 1 ");
            bob.awaitNotice("T-1 is with ann just now.");

            desk.cluster()
                    .send(
                            desk.cluster().names().correctionsSubmitted(),
                            "T-3",
                            TestCluster.submission("T-3", "department", "sales", "carl", Instant.now()));
            bob.awaitNotice("T-3 has been decided meanwhile by carl");
            bob.awaitTicket("T-4");

            ann.confirm();
            ann.awaitTicket("T-2");
            await("bob's list without T-1").atMost(PATIENCE).until(() -> bob.row("Parcel number 1 ")
                    .isEmpty());
            BROWSER.get().leave(); // Her tickets are free again, at once.
            bob.pick("Parcel number 2 ");
            bob.awaitTicket("T-2");
        }
    }

    @Test
    void shouldDecideLookAlikesTogetherAndTakeAllOfThemBack() throws Exception {
        try (DeskServer desk = startDesk(0)) {
            List<String> ids =
                    IntStream.rangeClosed(1, 4).mapToObj(i -> "T-" + i).toList();
            for (String id : ids) {
                desk.sendDoubtful(id, "My parcel is late");
            }
            desk.cluster().flush();
            desk.awaitOpen(4);
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            window.ticket();
            BROWSER.get().press("l");
            BROWSER.get().awaitText(".dialog .confirm", "Decide 4 tickets together");
            BROWSER.get().press(Keys.ENTER);
            assertThat(desk.awaitSaid(4))
                    .extracting(one -> one.path("ticket_id").asText())
                    .containsExactlyInAnyOrderElementsOf(ids);
            BROWSER.get().awaitText(".nothing h1", "All decided");
            BROWSER.get().press("u");
            desk.awaitOpen(4);
        }
    }
}
