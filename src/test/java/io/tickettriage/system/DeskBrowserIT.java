package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.testing.Browser;
import io.tickettriage.testing.BrokerProcess;
import io.tickettriage.testing.DeskServer;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.ReviewWindow;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The desk as people use it: a real browser on the real program, and what is on the topic afterwards. */
class DeskBrowserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REVIEWS = 20;
    private static final String UNANSWERED = "() => new Promise(() => {})";

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private Browser browser;

    @BeforeAll
    static void findBrowser() {
        Browser.assumeInstalled();
    }

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    private DeskServer startDesk(int doubtful) throws Exception {
        DeskServer desk = DeskServer.start(BROKER.bootstrap(), BROKER.prefix(), directory);
        sendDoubtful(desk, doubtful);
        return desk;
    }

    private static void sendDoubtful(DeskServer desk, int tickets) {
        for (int i = 1; i <= tickets; i++) {
            desk.sendDoubtful("T-" + i, "Parcel number " + i + " is late");
            desk.cluster().flush();
            desk.awaitOpen(i); // So that they are as old as their numbers say.
        }
    }

    @Test
    void shouldClearTwentyReviewsOfTheDemoWithTwoKeysEachAtMost() throws Exception {
        try (DeskServer desk = DeskServer.start(BROKER.bootstrap(), BROKER.prefix(), directory)) {
            desk.sendDemo();
            desk.awaitAtLeastOpen(REVIEWS);
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            Map<String, Map<String, String>> expected = new TreeMap<>();
            List<Integer> keys = new ArrayList<>();
            String ticket = "";
            for (int i = 0; i < REVIEWS; i++) {
                ticket = window.ticketAfter(ticket);
                int before = browser.keys();
                expected.put(ticket, decide(window, i));
                keys.add(browser.keys() - before);
            }

            Map<String, Map<String, String>> said = new TreeMap<>();
            for (JsonNode one : desk.awaitSaid(REVIEWS)) {
                assertThat(one.path("submitted_by").asText()).isEqualTo("ann");
                said.put(one.path("ticket_id").asText(), labels(one));
            }
            assertThat(said).isEqualTo(expected);
            assertThat(keys).allMatch(pressed -> pressed <= 2);
            Path figures = Files.createDirectories(Path.of("target", "desk")).resolve("keys.txt");
            int all = keys.stream().mapToInt(Integer::intValue).sum();
            Files.writeString(figures, REVIEWS + " reviews, " + all + " key presses, each " + keys + "\n");
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
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            window.awaitTicket("T-1");
            window.confirm();
            window.awaitState("T-1", "sent");
            window.awaitTicket("T-2");
            browser.press("u");
            window.awaitNotice("is taken back");
            window.awaitTicket("T-1");
            assertThat(desk.awaitSaid(2).get(1).path("labels").isNull()).isTrue();
            desk.awaitOpen(2);

            window.confirm();
            browser.press("u"); // At once: the first is still on its way.
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
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            window.awaitTicket("T-1");
            browser.doubleClick("#confirm");
            window.awaitTicket("T-2");
            browser.pressTwice(Keys.ENTER);
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
            ReviewWindow ann = ReviewWindow.open(browser, desk.url(), "ann");
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
            await("bob's list without T-1")
                    .atMost(PATIENCE)
                    .until(() -> bob.row("Parcel number 1 ").isEmpty());
            browser.leave(); // Her tickets are free again, at once.
            bob.pick("Parcel number 2 ");
            bob.awaitTicket("T-2");
        }
    }

    @Test
    void shouldNeitherLoseNorRepeatADecisionWhenThePageIsLoadedAgainMeanwhile() throws Exception {
        try (DeskServer desk = startDesk(3)) {
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            window.awaitTicket("T-1");
            // The request never leaves.
            replaceSending("(real) => " + UNANSWERED);
            window.confirm();
            window.awaitState("T-1", "sending");
            assertThat(desk.said()).isEmpty();
            browser.reload();
            window.awaitState("T-1", "sent");

            window.awaitTicket("T-2");
            // The request arrives, and its answer is lost.
            replaceSending("(real) => (...all) => real(...all).then(" + UNANSWERED + ")");
            window.confirm();
            desk.awaitSaid(2);
            window.awaitState("T-2", "sending");
            browser.reload();
            window.awaitState("T-2", "sent");

            window.awaitTicket("T-3");
            window.confirm();
            window.awaitState("T-3", "sent");
            assertThat(desk.said())
                    .extracting(one -> one.path("ticket_id").asText())
                    .containsExactly("T-1", "T-2", "T-3");
        }
    }

    /** What happens to a decision on its way to the server, until the page is loaded again. */
    private void replaceSending(String wrapper) {
        browser.scriptAsync("const real = window.fetch; const wrapped = (" + wrapper + ")(real);"
                + "window.fetch = (url, ...more) =>"
                + " String(url).endsWith('/corrections') ? wrapped(url, ...more) : real(url, ...more);");
    }

    @Test
    void shouldSayWhatIsNotSentWhileTheBrokerIsGoneAndSendItOnceWhenItIsBack() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory);
                DeskServer desk = DeskServer.start(broker.bootstrap(), "", directory)) {
            sendDoubtful(desk, 3);
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            window.awaitTicket("T-1");
            browser.awaitText(".row.current", "Parcel number 1");

            broker.kill();
            window.confirm();
            window.awaitState("T-1", "failed");
            browser.awaitText(".banner", "1 decision not sent.");
            broker.startAgain();

            window.awaitState("T-1", "sent");
            browser.awaitNone(".banner");
            window.awaitTicket("T-2");
            window.confirm();
            window.awaitState("T-2", "sent");
            assertThat(desk.said())
                    .extracting(one -> one.path("ticket_id").asText())
                    .containsExactly("T-1", "T-2");
        }
    }

    @Test
    void shouldShowMarkupAsTextAndNeverRunIt() throws Exception {
        String hostile = "<script>window.pwned=1</script><img src=x onerror='window.pwned=2'>"
                + "<a href='javascript:window.pwned=3'>click</a>{{constructor}}${7*7}";
        try (DeskServer desk = startDesk(0)) {
            Map<String, Object> ticket = new LinkedHashMap<>();
            ticket.put("subject", hostile + " my lawyer");
            ticket.put("body", "> " + hostile + "\n\n" + hostile + "\n\n-- \n" + hostile);
            ticket.put("metadata", Map.of("product", hostile));
            ticket.put("<img src=x onerror=window.pwned=4>", hostile);
            desk.send("T<script>window.pwned=5</script>", ticket);
            desk.cluster().flush();
            desk.awaitOpen(1);
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "<b>ann</b>");
            window.ticket();
            browser.awaitText(".subject", hostile);
            browser.awaitText(".row .title", "<script>window.pwned=1</script>");
            browser.awaitText(".body", hostile);
            browser.press("n");
            browser.press(hostile);
            browser.press(Keys.ENTER, Keys.ENTER);
            desk.awaitSaid(1);
            browser.open(desk.url() + "#search");
            browser.type("#search-box", "pwned");
            browser.awaitText("#found .title", "<script>window.pwned=1</script>");
            browser.press(Keys.ENTER);
            browser.awaitText(".history q", hostile);

            assertThat(browser.script(
                            Boolean.class,
                            "return window.pwned === undefined"
                                    + " && !document.querySelector('#app script, #app img, #app .ticket a')"))
                    .isTrue();
        }
    }

    @Test
    void shouldShowTheBeginningOfATicketOf300KilobytesAndTheRestOnDemand() throws Exception {
        String sentence = "The parcel is late and nobody answers. ";
        String body = "Hear from my lawyer. " + sentence.repeat(300 * 1024 / sentence.length()) + "The very end.";
        try (DeskServer desk = startDesk(0)) {
            desk.send("T-long", Map.of("subject", "A long story", "body", body));
            desk.cluster().flush();
            desk.awaitOpen(1);
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            window.awaitTicket("T-long");
            assertThat(browser.await(".body").getText())
                    .contains("Hear from my lawyer.")
                    .doesNotContain("The very end.")
                    .hasSizeLessThan(20_000);
            browser.click(".more button");
            browser.awaitText(".body", "The very end.");
            browser.click(".id"); // Away from the button, to which Enter would belong.
            window.confirm();
            window.awaitState("T-long", "sent");
            assertThat(desk.said()).hasSize(1);
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
            ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
            window.ticket();
            browser.press("l");
            browser.awaitText(".dialog .confirm", "Decide 4 tickets together");
            browser.press(Keys.ENTER);
            assertThat(desk.awaitSaid(4))
                    .extracting(one -> one.path("ticket_id").asText())
                    .containsExactlyInAnyOrderElementsOf(ids);
            browser.awaitText(".nothing h1", "All decided");
            browser.press("u");
            desk.awaitOpen(4);
        }
    }
}
