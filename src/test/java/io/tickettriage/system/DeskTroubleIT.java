package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.testing.BrokerProcess;
import io.tickettriage.testing.BrowserOfTest;
import io.tickettriage.testing.DeskServer;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.ReviewWindow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What goes wrong while people use the desk, in a real browser: lost answers, a lost broker, hostile and huge tickets. */
class DeskTroubleIT {
    private static final String UNANSWERED = "() => new Promise(() => {})";

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @RegisterExtension
    static final BrowserOfTest BROWSER = new BrowserOfTest();

    @TempDir
    private Path directory;

    private DeskServer startDesk() throws Exception {
        return DeskServer.start(BROKER.bootstrap(), BROKER.prefix(), directory);
    }

    @Test
    void shouldNeitherLoseNorRepeatADecisionWhenThePageIsLoadedAgainMeanwhile() throws Exception {
        try (DeskServer desk = startDesk()) {
            desk.sendDoubtful(3);
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            window.awaitTicket("T-1");
            // The request never leaves.
            replaceSending("(real) => " + UNANSWERED);
            window.confirm();
            window.awaitState("T-1", "sending");
            assertThat(desk.said()).isEmpty();
            BROWSER.get().reload();
            window.awaitState("T-1", "sent");

            window.awaitTicket("T-2");
            // The request arrives, and its answer is lost.
            replaceSending("(real) => (...all) => real(...all).then(" + UNANSWERED + ")");
            window.confirm();
            desk.awaitSaid(2);
            window.awaitState("T-2", "sending");
            BROWSER.get().reload();
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
        BROWSER.get()
                .scriptAsync("const real = window.fetch; const wrapped = (" + wrapper + ")(real);"
                        + "window.fetch = (url, ...more) =>"
                        + " String(url).endsWith('/corrections') ? wrapped(url, ...more) : real(url, ...more);");
    }

    @Test
    void shouldTakeNoDecisionOnATicketThatIsNotYetTheirs() throws Exception {
        try (DeskServer desk = startDesk()) {
            desk.sendDoubtful(2);
            BROWSER.get().open(desk.url());
            BROWSER.get().await("#sign-in");
            // The claim of the ticket that is there to look at takes its time.
            BROWSER.get()
                    .scriptAsync("const real = window.fetch; window.fetch = async (url, ...more) => {"
                            + " if (String(url).includes('/claims/'))"
                            + " await new Promise((go) => { window.claim = go; });"
                            + " return real(url, ...more); };");
            ReviewWindow window = ReviewWindow.signIn(BROWSER.get(), "ann");
            BROWSER.get().await(".dock");
            window.confirm();
            BROWSER.get().script(Object.class, "window.claim(); return true");
            window.awaitTicket("T-1");
            window.confirm();
            window.awaitTicket("T-2");
            window.awaitState("T-1", "sent");
            assertThat(desk.said()).hasSize(1);
        }
    }

    @Test
    void shouldSayWhatIsNotSentWhileTheBrokerIsGoneAndSendItOnceWhenItIsBack() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory);
                DeskServer desk = DeskServer.start(broker.bootstrap(), "", directory)) {
            desk.sendDoubtful(3);
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            window.awaitTicket("T-1");
            BROWSER.get().awaitText(".row.current", "Parcel number 1");

            broker.kill();
            window.confirm();
            window.awaitState("T-1", "failed");
            BROWSER.get().awaitText(".banner", "1 decision not sent.");
            broker.startAgain();

            window.awaitState("T-1", "sent");
            BROWSER.get().awaitNone(".banner");
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
        try (DeskServer desk = startDesk()) {
            Map<String, Object> ticket = new LinkedHashMap<>();
            ticket.put("subject", hostile + " my lawyer");
            ticket.put("body", "> " + hostile + "\n\n" + hostile + "\n\n-- \n" + hostile);
            ticket.put("metadata", Map.of("product", hostile));
            ticket.put("<img src=x onerror=window.pwned=4>", hostile);
            desk.send("T<script>window.pwned=5</script>", ticket);
            desk.cluster().flush();
            desk.awaitOpen(1);
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "<b>ann</b>");
            window.ticket();
            BROWSER.get().awaitText(".subject", hostile);
            BROWSER.get().awaitText(".row .title", "<script>window.pwned=1</script>");
            BROWSER.get().awaitText(".body", hostile);
            BROWSER.get().press("n");
            BROWSER.get().press(hostile);
            BROWSER.get().press(Keys.ENTER, Keys.ENTER);
            desk.awaitSaid(1);
            BROWSER.get().open(desk.url() + "#search");
            BROWSER.get().type("#search-box", "pwned");
            BROWSER.get().awaitText("#found .title", "<script>window.pwned=1</script>");
            BROWSER.get().press(Keys.ENTER);
            BROWSER.get().awaitText(".history q", hostile);

            assertThat(BROWSER.get()
                            .script(
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
        try (DeskServer desk = startDesk()) {
            desk.send("T-long", Map.of("subject", "A long story", "body", body));
            desk.cluster().flush();
            desk.awaitOpen(1);
            ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
            window.awaitTicket("T-long");
            assertThat(BROWSER.get().await(".body").getText())
                    .contains("Hear from my lawyer.")
                    .doesNotContain("The very end.")
                    .hasSizeLessThan(20_000);
            BROWSER.get().click(".more button");
            BROWSER.get().awaitText(".body", "The very end.");
            BROWSER.get().click(".id"); // Away from the button, to which Enter would belong.
            window.confirm();
            window.awaitState("T-long", "sent");
            assertThat(desk.said()).hasSize(1);
        }
    }
}
