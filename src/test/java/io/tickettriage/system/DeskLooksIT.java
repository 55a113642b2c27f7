package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.testing.Browser.Theme;
import io.tickettriage.testing.BrowserOfTest;
import io.tickettriage.testing.DeskServer;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.PastHour;
import io.tickettriage.testing.Pictures;
import io.tickettriage.testing.ReviewWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the desk looks to people and to their aids, with an hour of tickets in it: axe, small screens, the size of the page,
 * the page's own functions. Screenshots go to {@code target/desk}, and with {@code -Dscreenshots=update} to the documents.
 */
class DeskLooksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FIRST = "NL-2041";
    private static final int MAX_PAGE_BYTES = 300 * 1024;
    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @RegisterExtension
    static final BrowserOfTest BROWSER = new BrowserOfTest();

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static DeskServer desk;

    @BeforeAll
    static void startDesk() throws Exception {
        Path scoring = Files.createDirectory(directory.resolve("scoring"));
        try (DeskServer scorer = DeskServer.start(BROKER.bootstrap(), "looks-scoring.", scoring)) {
            scorer.sendDemo();
            scorer.send(FIRST, ticket());
            scorer.cluster().flush();
            await("all tickets are scored")
                    .atMost(PATIENCE)
                    .until(() -> scorer.cluster()
                                    .records(scorer.cluster().names().scored())
                                    .size()
                            >= 197);
            desk = DeskServer.start(BROKER.bootstrap(), "looks.", directory, "corrections,desk");
            PastHour.write(scorer.cluster(), desk.cluster(), BROKER.bootstrap(), FIRST);
            desk.awaitOpen(scorer.open());
        }
    }

    /** A ticket with everything: a subject, metadata, a signature and an earlier message. */
    private static Map<String, ?> ticket() {
        String body = """
                Hi team,

                the app crashed while I was paying on Friday. When I opened it again the basket was empty, and today \
                the courier brought a parcel that is not ours.

                The page with our orders shows an error since then. Can you tell me what happened, and who takes the \
                parcel back?

                Maria

                --
                Maria Keller
                Head of Finance, Nordlicht GmbH

                On Mon, 16 Nov 2026 at 09:12, Support <help@example.com> wrote:
                > Dear Maria,
                > we are sorry for the trouble and look into it.
                > Kind regards, Tom
                """;
        return Map.of(
                "subject",
                "Something went wrong on Friday",
                "body",
                body,
                "plan",
                "business",
                "channel",
                "e-mail",
                "metadata",
                Map.of("customer", "Nordlicht GmbH"));
    }

    @AfterAll
    static void stopDesk() {
        if (desk != null) {
            desk.close();
        }
    }

    @AfterEach
    void leave() {
        BROWSER.get().leave();
        desk.awaitNobodyReading();
    }

    private ReviewWindow signIn() {
        ReviewWindow window = ReviewWindow.open(BROWSER.get(), desk.url(), "ann");
        window.awaitTicket(FIRST);
        return window;
    }

    @Test
    void shouldPassAxeInEveryViewAndBothThemes() throws Exception {
        ReviewWindow window = signIn();
        for (Theme theme : Theme.values()) {
            BROWSER.get().theme(theme);
            String suffix = theme == Theme.DARK ? "-dark" : "";
            review(window);
            BROWSER.get().awaitText(".row.current", "Something went wrong");
            look("review" + suffix);
            BROWSER.get().press("e");
            look("review-others" + suffix);
            BROWSER.get().press("e", "?");
            BROWSER.get().await(".dialog .keys");
            look("keys" + suffix);
            BROWSER.get().click(".dialog .icon");
            BROWSER.get().press("p");
            BROWSER.get().await(".dialog .field input");
            look("propose" + suffix);
            BROWSER.get().click(".dialog .icon");
            search();
            look("search" + suffix);
            BROWSER.get().click(".judge .action");
            BROWSER.get().await(".judge.dock");
            look("search-wrong" + suffix);
            tryOut();
            look("try" + suffix);
            health();
            look("health" + suffix);
        }
        Pictures.publish("review", "desk-review");
        Pictures.publish("search", "desk-search");
        Pictures.publish("try", "desk-try");
        Pictures.publish("health", "desk-health");
        Pictures.publish("review-dark", "desk-dark");
    }

    private void review(ReviewWindow window) {
        BROWSER.get().click("a[href='#review']");
        window.awaitTicket(FIRST);
    }

    private void search() {
        BROWSER.get().click("a[href='#search']");
        BROWSER.get().type("#search-box", "charged");
        BROWSER.get().awaitText("#found .row", "charged");
        BROWSER.get().click("#found li:last-child .row");
        BROWSER.get().await(".judge .action");
    }

    private void tryOut() {
        BROWSER.get().click("a[href='#try']");
        BROWSER.get().type("#try-text", "I was charged twice for my order and nobody answers my mails");
        BROWSER.get().awaitText(".route strong", "billing");
    }

    private void health() {
        BROWSER.get().click("a[href='#health']");
        BROWSER.get().awaitText(".tile", "Tickets");
        BROWSER.get().await(".chart canvas[width]");
        await("charts are drawn").atMost(PATIENCE).until(() -> BROWSER.get()
                .script(
                        Boolean.class,
                        "return [...document.querySelectorAll('.chart canvas')].every(c =>"
                                + " globalThis.Chart && Chart.getChart(c))"));
    }

    /** Takes a picture and lets axe look at the page: nothing that is serious or worse. */
    private void look(String name) throws IOException {
        Pictures.take(BROWSER.get(), name);
        BROWSER.get().inject(AXE);
        Object found = BROWSER.get()
                .scriptAsync("const { violations } = await axe.run(document, { resultTypes: ['violations'] });"
                        + "return violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                        + ".flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)));");
        assertThat(found).as(name).isEqualTo(List.of());
    }

    @Test
    void shouldBeUsableByThumbOnAPhoneInEveryView() throws Exception {
        BROWSER.get().size(360, 740);
        ReviewWindow window = signIn();
        fits("review");
        assertThat(BROWSER.get()
                        .script(
                                Boolean.class,
                                "const at = document.querySelector('#confirm').getBoundingClientRect();"
                                        + "return at.top > 0 && at.bottom <= innerHeight && at.height >= 44"))
                .as("the confirm button is in reach")
                .isTrue();
        look("phone");
        BROWSER.get().theme(Theme.DARK);
        look("phone-dark");
        BROWSER.get().theme(Theme.LIGHT);
        search();
        fits("search");
        look("phone-search");
        tryOut();
        fits("try");
        look("phone-try");
        health();
        fits("health");
        look("phone-health");
        review(window);
        BROWSER.get().click(".label.model[data-label^='department=']");
        BROWSER.get().click("#confirm");
        window.ticketAfter(FIRST);
        BROWSER.get().click(".action[aria-keyshortcuts=u]");
        window.awaitTicket(FIRST);
        Pictures.publish("phone", "desk-phone");
    }

    /** Nothing makes the page wider than the screen. */
    private void fits(String view) {
        Long width = BROWSER.get().script(Long.class, "return document.documentElement.scrollWidth");
        assertThat(width).as(view).isLessThanOrEqualTo(360);
    }

    @Test
    void shouldLoadLessThan300KilobytesInAllViewsTogether() throws Exception {
        signIn();
        search();
        tryOut();
        health();
        String files =
                "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                        + ".filter(e => !e.name.includes('/api/'))";
        Long bytes = BROWSER.get().script(Long.class, files + ".reduce((sum, e) => sum + e.transferSize, 0)");
        Long count = BROWSER.get().script(Long.class, files + ".length");
        Object paint = BROWSER.get()
                .script(Object.class, "return performance.getEntriesByName('first-contentful-paint')[0].startTime");

        assertThat(count).isGreaterThan(20);
        assertThat(bytes).isBetween(50_000L, (long) MAX_PAGE_BYTES);
        Pictures.note(
                "page", "%d files, %d bytes transferred, first paint after %s ms%n".formatted(count, bytes, paint));
    }

    /** CVE-2026-22028: tickets are JSON that anybody sends. */
    @Test
    void shouldNeverTakeParsedJsonForAnElement() {
        signIn();
        assertThat(pure(
                        "ui.js",
                        "const host = document.createElement('div'); const data = JSON.parse("
                                + "'{\"type\":\"b\",\"props\":{\"children\":\"x\"},\"constructor\":null,\"key\":null,\"ref\":null}');"
                                + "module.render(module.el.p(null, data, [data]), host);"
                                + "return host.querySelectorAll('b').length + host.textContent;"))
                .isEqualTo("0[object Object][object Object]");
    }

    @Test
    void shouldGiveKeysToLabelsAndFindDecidingWords() {
        signIn();
        assertThat(pure(
                        "keys.js",
                        "return JSON.stringify(module.assignKeys(["
                                + "{ name: 'a', labels: ['x', 'y'] },"
                                + "{ name: 'b', labels: ['sales', 'refund', 'returns', 'support'] },"
                                + "{ name: 'c', labels: Array.from({ length: 40 }, (_, i) => 'label_' + i) },"
                                + "]).map(k => [...k.labels.values()].join('') + (k.filter ?? '')));"))
                .as("digits first, then initials that no command has, then a box to type into")
                .isEqualTo("[\"12\",\"ar" + "to\",\"b\"]");
        String marks = "const find = module.finder([{ term: 'not working', weight: 2 }, { term: 'app', weight: 1 },"
                + " { term: 'the', weight: 0.1 }, { term: 'straße', weight: 2 }]);"
                + "return find(text).map(m => text.slice(m.from, m.to) + m.strength).join('|');";
        assertThat(pure("highlight.js", "const text = 'The APP is not, working: happy apps in Straße 7'; " + marks))
                .isEqualTo("APP2|not, working3|Straße3");
        assertThat(pure(
                        "timeline.js",
                        "const { step, bars } = module.evenly([{ at: '2026-11-21T10:01:00Z', queues: { a: 2 } }],"
                                + " '2026-11-21T10:00:00Z', Date.parse('2026-11-21T10:20:30Z'));"
                                + "return [step, bars.length, bars[1].queues.a, bars[2].queues.a ?? 'none'].join();"))
                .isEqualTo("1,21,2,none");
    }

    /** What a script makes of a module of the page that needs nothing of the page. */
    private Object pure(String module, String script) {
        return BROWSER.get()
                .scriptAsync("const app = document.querySelector('script[type=module]').src;"
                        + "const module = await import(app.replace('app.js', '" + module + "')); " + script);
    }
}
