package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.testing.Browser;
import io.tickettriage.testing.Browser.Theme;
import io.tickettriage.testing.DeskServer;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.PastHour;
import io.tickettriage.testing.ReviewWindow;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
    private static final int MAX_PICTURE_BYTES = 250 * 1024;
    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static DeskServer desk;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private Browser browser;

    @BeforeAll
    static void startDesk() throws Exception {
        Browser.assumeInstalled();
        Path scoring = Files.createDirectory(directory.resolve("scoring"));
        try (DeskServer scorer = DeskServer.start(BROKER.bootstrap(), "looks-scoring.", scoring)) {
            scorer.sendDemo();
            scorer.send(FIRST, ticket());
            scorer.cluster().flush();
            await("all tickets are scored").atMost(PATIENCE).until(() -> scorer.cluster()
                    .records(scorer.cluster().names().scored()).size() >= 197);
            desk = DeskServer.start(BROKER.bootstrap(), "looks.", directory, "corrections,desk");
            PastHour.write(scorer.cluster(), desk.cluster(), BROKER.bootstrap(), FIRST);
            desk.awaitOpen(scorer.open());
        }
    }

    /** A ticket with everything: a subject, metadata, a signature and an earlier message. */
    private static Map<String, ?> ticket() {
        String body =
                """
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

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        browser.leave();
        desk.awaitNobodyReading();
        browser.close();
    }

    private ReviewWindow signIn() {
        ReviewWindow window = ReviewWindow.open(browser, desk.url(), "ann");
        window.awaitTicket(FIRST);
        return window;
    }

    @Test
    void shouldPassAxeInEveryViewAndBothThemes() throws Exception {
        ReviewWindow window = signIn();
        for (Theme theme : Theme.values()) {
            browser.theme(theme);
            String suffix = theme == Theme.DARK ? "-dark" : "";
            review(window);
            look("review" + suffix);
            browser.press("e");
            look("review-others" + suffix);
            browser.press("e", "?");
            browser.await(".dialog .keys");
            look("keys" + suffix);
            browser.click(".dialog .icon");
            browser.press("p");
            browser.await(".dialog .field input");
            look("propose" + suffix);
            browser.click(".dialog .icon");
            search();
            look("search" + suffix);
            browser.click(".judge .action");
            browser.await(".judge.dock");
            look("search-wrong" + suffix);
            tryOut();
            look("try" + suffix);
            health();
            look("health" + suffix);
        }
        publish("review", "desk-review");
        publish("search", "desk-search");
        publish("try", "desk-try");
        publish("health", "desk-health");
        publish("review-dark", "desk-dark");
    }

    private void review(ReviewWindow window) {
        browser.click("a[href='#review']");
        window.awaitTicket(FIRST);
        browser.awaitText(".row.current", "Something went wrong");
    }

    private void search() {
        browser.click("a[href='#search']");
        browser.type("#search-box", "charged");
        browser.awaitText("#found .row", "charged");
        browser.click("#found li:nth-child(2) .row");
        browser.await(".judge .action");
    }

    private void tryOut() {
        browser.click("a[href='#try']");
        browser.type("#try-text", "I was charged twice for my order and nobody answers my mails");
        browser.awaitText(".route strong", "billing");
    }

    private void health() {
        browser.click("a[href='#health']");
        browser.awaitText(".tile", "Tickets");
        browser.await(".chart canvas[width]");
        await("charts are drawn")
                .atMost(PATIENCE)
                .until(() -> browser.script(
                        Boolean.class,
                        "return [...document.querySelectorAll('.chart canvas')].every(c =>"
                                + " globalThis.Chart && Chart.getChart(c))"));
    }

    /** Takes a picture and lets axe look at the page: nothing that is serious or worse. */
    private void look(String name) throws IOException {
        picture(name);
        browser.inject(AXE);
        Object found = browser.scriptAsync("const { violations } = await axe.run(document, { resultTypes: ['violations'] });"
                + "return violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)));");
        assertThat(found).as(name).isEqualTo(List.of());
    }

    private void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "desk"));
        byte[] png = browser.screenshot();
        assertThat(png).as(name).hasSizeGreaterThan(10_000);
        Files.write(folder.resolve(name + ".png"), png);
    }

    /** What a page of the documents shows: small enough for it. */
    private static void publish(String name, String document) throws IOException {
        byte[] png = packed(Path.of("target", "desk", name + ".png"));
        assertThat(png.length).as(name).isLessThanOrEqualTo(MAX_PICTURE_BYTES);
        if (System.getProperty("screenshots", "").equals("update")) {
            Files.write(Files.createDirectories(Path.of("docs", "images")).resolve(document + ".png"), png);
        }
    }

    /** The same picture in fewer bytes: browsers take no time to compress one. */
    private static byte[] packed(Path png) throws IOException {
        BufferedImage seen = ImageIO.read(png.toFile());
        BufferedImage opaque = new BufferedImage(seen.getWidth(), seen.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(seen, 0, 0, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam best = writer.getDefaultWriteParam();
        best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        best.setCompressionQuality(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, null, null), best);
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    @Test
    void shouldBeUsableByThumbOnAPhoneInEveryView() throws Exception {
        browser.size(360, 740);
        ReviewWindow window = signIn();
        fits("review");
        assertThat(browser.script(
                        Boolean.class,
                        "const at = document.querySelector('#confirm').getBoundingClientRect();"
                                + "return at.top > 0 && at.bottom <= innerHeight && at.height >= 44"))
                .as("the confirm button is in reach")
                .isTrue();
        look("phone");
        browser.theme(Theme.DARK);
        look("phone-dark");
        browser.theme(Theme.LIGHT);
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
        browser.click(".label.model[data-label^='department=']");
        browser.click("#confirm");
        window.ticketAfter(FIRST);
        browser.click(".action[aria-keyshortcuts=u]");
        window.awaitTicket(FIRST);
        publish("phone", "desk-phone");
    }

    /** Nothing makes the page wider than the screen. */
    private void fits(String view) {
        Long width = browser.script(Long.class, "return document.documentElement.scrollWidth");
        assertThat(width).as(view).isLessThanOrEqualTo(360);
    }

    @Test
    void shouldLoadLessThan300KilobytesInAllViewsTogether() throws Exception {
        signIn();
        search();
        tryOut();
        health();
        String files = "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                + ".filter(e => !e.name.includes('/api/'))";
        Long bytes = browser.script(Long.class, files + ".reduce((sum, e) => sum + e.transferSize, 0)");
        Long count = browser.script(Long.class, files + ".length");
        Object paint = browser.script(
                Object.class, "return performance.getEntriesByName('first-contentful-paint')[0].startTime");

        assertThat(count).isGreaterThan(20);
        assertThat(bytes).isBetween(50_000L, (long) MAX_PAGE_BYTES);
        Path figures = Files.createDirectories(Path.of("target", "desk")).resolve("page.txt");
        Files.writeString(
                figures, "%d files, %d bytes transferred, first paint after %s ms%n".formatted(count, bytes, paint));
    }

    @Test
    void shouldGiveKeysToLabelsAndFindDecidingWords() {
        signIn();
        assertThat(pure("keys.js", "return JSON.stringify(module.assignKeys(["
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
        return browser.scriptAsync("const app = document.querySelector('script[type=module]').src;"
                + "const module = await import(app.replace('app.js', '" + module + "')); " + script);
    }
}
