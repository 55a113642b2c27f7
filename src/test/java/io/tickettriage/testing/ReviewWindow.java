package io.tickettriage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** The review view as a person sees it, in a browser of theirs. */
public final class ReviewWindow {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = ".dock[data-ready=true]";

    private final Browser browser;

    private ReviewWindow(Browser browser) {
        this.browser = browser;
    }

    /** Opens the page and says who it is. */
    public static ReviewWindow open(Browser browser, String url, String name) {
        browser.open(url);
        return signIn(browser, name);
    }

    /** Says who it is, on a page that is open. */
    public static ReviewWindow signIn(Browser browser, String name) {
        browser.type("#sign-in", name);
        browser.press(Keys.ENTER);
        return new ReviewWindow(browser);
    }

    public Browser browser() {
        return browser;
    }

    /** The id of the ticket that takes a decision now; waits for one. */
    public String ticket() {
        return awaitTicket(id -> true);
    }

    /** The id of another ticket than that; waits for it. */
    public String ticketAfter(String before) {
        return awaitTicket(id -> !id.equals(before));
    }

    /** Waits until a ticket is there to be decided. */
    public void awaitTicket(String id) {
        assertThat(awaitTicket(id::equals)).isEqualTo(id);
    }

    private String awaitTicket(Predicate<String> wanted) {
        return await("a ticket to decide")
                .atMost(PATIENCE)
                .until(this::readyTicket, found -> found.filter(wanted).isPresent())
                .orElseThrow();
    }

    private Optional<String> readyTicket() {
        try {
            return browser.all(READY).stream().findFirst().map(dock -> Browser.attribute(dock, "data-ticket"));
        } catch (StaleElementReferenceException e) {
            return Optional.empty();
        }
    }

    /** Confirms what the model says. */
    public void confirm() {
        browser.press(Keys.ENTER);
    }

    /** The model's answers to the questions of this ticket, by head. */
    public Map<String, String> suggested() {
        Map<String, String> labels = new TreeMap<>();
        for (WebElement button : browser.all(".label.model[data-label]")) {
            String[] label = Browser.attribute(button, "data-label").split("=", 2);
            labels.put(label[0], label[1]);
        }
        return labels;
    }

    /** Presses the key that stands on a label. */
    public void choose(String head, String label) {
        WebElement button = browser.await(".label[data-label='" + head + "=" + label + "']");
        browser.press(Browser.attribute(button, "aria-keyshortcuts"));
    }

    /** A label of a head that the model did not choose. */
    public String another(String head) {
        String prefix = ".label:not(.model)[data-label^='" + head + "=']";
        return Browser.attribute(browser.await(prefix), "data-label").split("=", 2)[1];
    }

    /** Waits until the last decision on a ticket is on record, or whatever state that is. */
    public void awaitState(String ticket, String state) {
        String entry = ".entry[data-ticket='" + ticket + "'][data-state=" + state + "]";
        browser.await(entry);
    }

    /** Clicks a ticket of the list. */
    public void pick(String title) {
        await("the list has " + title).atMost(PATIENCE).until(() -> row(title).isPresent());
        row(title).orElseThrow().click();
    }

    /** What a row of the list says. */
    public Optional<WebElement> row(String title) {
        try {
            return browser.all(".row").stream()
                    .filter(row -> row.getText().contains(title))
                    .findFirst();
        } catch (StaleElementReferenceException e) {
            return Optional.empty();
        }
    }

    /** Waits until the page says something in passing. */
    public void awaitNotice(String text) {
        browser.awaitText(".notice", text);
    }

    /** The heads of the rows of buttons. */
    public List<String> heads() {
        return browser.texts(".label-head span:first-child");
    }
}
