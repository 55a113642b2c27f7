package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.testing.Browser;
import io.tickettriage.testing.BrowserOfTest;
import io.tickettriage.testing.DeskClient;
import io.tickettriage.testing.Pictures;
import io.tickettriage.testing.ReviewWindow;
import io.tickettriage.testing.TriageProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The demo as a newcomer sees it: decides tickets by keyboard, presses Learn, and sees the same kind of ticket go right. */
class DeskLearnIT {
    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_LEARN = Duration.ofMinutes(10);
    private static final Pattern PAGE = Pattern.compile("(http://127\\.0\\.0\\.1:(\\d+))/\\R");
    private static final int DECISIONS = 5;
    /** People say that a PickNest, of which the model has never heard, is a parcel locker. */
    private static final Map<String, String> RIGHT = Map.of("department", "logistics", "intent", "delivery_issue");

    private static final List<String> SAME_KIND = List.of(
            "the picknest is shut and my things are inside",
            "where is the nearest PickNest please",
            "PickNest code does not work",
            "my picknest is full, what now",
            "somebody emptied my PickNest",
            "how late is the picknest open",
            "The PickNest at the station beeps and stays closed",
            "picknest in Chennai?",
            "I stand in front of the PickNest since an hour",
            "picknest door is stuck");

    @RegisterExtension
    static final BrowserOfTest BROWSER = new BrowserOfTest();

    @TempDir
    private Path directory;

    @Test
    void shouldRouteAKindOfTicketRightAfterFiveDecisionsAndLearn() throws Exception {
        Path log = directory.resolve("demo.log");
        try (TriageProcess demo = TriageProcess.start(log, List.of(), "demo")) {
            int port = awaitPage(demo, log);
            DeskClient client = new DeskClient(port, "ann", "another window");
            String model = model(client);
            Tried before = tryAll(client);

            ReviewWindow window = ReviewWindow.open(BROWSER.get(), "http://127.0.0.1:" + port + "/", "ann");
            decide(window, client);
            learn();

            assertThat(model(client)).isNotEqualTo(model);
            Tried after = tryAll(client);
            Pictures.note("learn", "before %s%nafter %d decisions %s%n".formatted(before, DECISIONS, after));
            assertThat(before.right()).isZero();
            assertThat(after.right()).isGreaterThanOrEqualTo(SAME_KIND.size() * 2 / 3);
            assertThat(after.routedRight()).isGreaterThanOrEqualTo(SAME_KIND.size() / 4);
            assertThat(after.routedWrongly()).isZero();
        }
    }

    /** Of ten tickets: whose department is right, and which go to a queue without a person. */
    private record Tried(int right, int routedRight, int routedWrongly) {}

    private static int awaitPage(TriageProcess demo, Path log) {
        Matcher page = await("the demo names its page")
                .atMost(TO_START)
                .failFast("the demo has ended", () -> !demo.isAlive())
                .until(() -> PAGE.matcher(Files.readString(log)), Matcher::find);
        return Integer.parseInt(page.group(2));
    }

    private static String model(DeskClient client) throws IOException, InterruptedException {
        return client.get("/api/session").status() == 200
                ? client.get("/api/stats").json().path("active_model").asText()
                : "";
    }

    private static Tried tryAll(DeskClient client) throws IOException, InterruptedException {
        String wanted = RIGHT.getOrDefault("department", "");
        int right = 0;
        int routedRight = 0;
        int routedWrongly = 0;
        for (String text : SAME_KIND) {
            JsonNode tried = client.post("/api/try", Map.of("text", text)).json();
            String queue = tried.at("/routing/queue").asText();
            right += tried.at("/prediction/department/label").asText().equals(wanted) ? 1 : 0;
            routedRight += queue.equals(wanted) ? 1 : 0;
            routedWrongly += queue.equals(wanted) || queue.equals("review") ? 0 : 1;
        }
        return new Tried(right, routedRight, routedWrongly);
    }

    private static void decide(ReviewWindow window, DeskClient client) throws IOException, InterruptedException {
        Browser browser = window.browser();
        browser.press("/", "picknest", Keys.ENTER);
        String ticket = "";
        for (int i = 0; i < DECISIONS; i++) {
            ticket = window.ticketAfter(ticket);
            // What is on the screen when somebody filters stays there until it is decided or skipped.
            while (!isOfKind(client, ticket)) {
                browser.press("s");
                ticket = window.ticketAfter(ticket);
            }
            Map<String, String> labels = window.suggested();
            labels.putAll(RIGHT);
            labels.forEach(window::choose);
            window.awaitState(ticket, "sent");
        }
    }

    private static boolean isOfKind(DeskClient client, String id) throws IOException, InterruptedException {
        return client.get("/api/tickets/" + id).body().toLowerCase(Locale.ROOT).contains("picknest");
    }

    private static void learn() {
        Browser browser = BROWSER.get();
        browser.click("a[href='#health']");
        browser.click("#learn");
        browser.await(".learn[data-state=running]");
        await("the page says that it has learnt").atMost(TO_LEARN).until(() -> browser.all(".learn[data-state=running]")
                .isEmpty());
        browser.awaitText(".learn[data-state=done]", "is active");
    }
}
