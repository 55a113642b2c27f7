package io.tickettriage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A headless Chromium of this machine with a profile of its own; it counts the keys that are pressed in it. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Optional<Path> CHROMIUM = find("chromium", "chromium-browser", "google-chrome");
    private static final Optional<Path> DRIVER = find("chromedriver");
    /** Kept, for java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private int keys;

    /** The two themes of a system. */
    public enum Theme {
        LIGHT,
        DARK
    }

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no Chromium, or no chromedriver. */
    public static void assumeInstalled() {
        assumeTrue(
                CHROMIUM.isPresent() && DRIVER.isPresent(),
                "skipped: no chromium or no chromedriver on the path (Debian: apt-get install chromium-driver)");
    }

    /** Starts one with a light theme and a page of 1400 by 900. */
    public static Browser start() {
        SELENIUM.setLevel(Level.SEVERE); // It would warn that it knows no protocol details of this Chromium.
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.orElseThrow().toFile());
        options.addArguments("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run");
        // Pictures are alike, and small, on all machines.
        options.addArguments("--hide-scrollbars", "--disable-lcd-text");
        // Chromium's sandbox does not start for root, as which containers run; the pages are our own.
        options.addArguments("--no-sandbox");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow().toFile())
                .withSilent(true)
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        return browser.size(1400, 900).theme(Theme.LIGHT);
    }

    private static Optional<Path> find(String... names) {
        List<String> folders = Arrays.asList(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Gives the page a size; one narrower than 500 pixels is a phone's. */
    public Browser size(int width, int height) {
        Map<String, Object> metrics =
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500);
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", metrics);
        return this;
    }

    /** What the system prefers. */
    public Browser theme(Theme theme) {
        String value = theme == Theme.DARK ? "dark" : "light";
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", value))));
        return this;
    }

    public void open(String url) {
        driver.get(url);
    }

    public void reload() {
        driver.navigate().refresh();
    }

    /** Presses keys one after the other, wherever the focus is. */
    public void press(CharSequence... pressed) {
        for (CharSequence key : pressed) {
            new Actions(driver).sendKeys(key).perform();
            keys++;
        }
    }

    /** Presses a key twice as fast as the machine can. */
    public void pressTwice(CharSequence key) {
        new Actions(driver).sendKeys(key, key).perform();
        keys += 2;
    }

    /** How many keys have been pressed. */
    public int keys() {
        return keys;
    }

    /** Clicks an element; what a bar covers is scrolled from under it first, as a person would. */
    public void click(String css) {
        WebElement element = await(css);
        driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
        element.click();
    }

    public void doubleClick(String css) {
        new Actions(driver).doubleClick(await(css)).perform();
    }

    /** Types a text into an element. */
    public void type(String css, String text) {
        WebElement element = await(css);
        element.clear();
        element.sendKeys(text);
    }

    /** Waits for a visible element. */
    public WebElement await(String css) {
        return Awaitility.await(css)
                .atMost(PATIENCE)
                .until(
                        () -> all(css).stream()
                                .filter(WebElement::isDisplayed)
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    /** The elements that are there now. */
    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** An attribute of an element; empty where it has none. */
    public static String attribute(WebElement element, String name) {
        return Objects.requireNonNullElse(element.getDomAttribute(name), "");
    }

    /** The texts of the elements that are there now; empty where one has just gone. */
    public List<String> texts(String css) {
        try {
            return all(css).stream().map(WebElement::getText).toList();
        } catch (StaleElementReferenceException e) {
            return List.of();
        }
    }

    /** Waits until the text of an element holds a text. */
    public void awaitText(String css, String text) {
        Awaitility.await(css + " says " + text).atMost(PATIENCE).until(() -> texts(css).stream()
                .anyMatch(found -> found.contains(text)));
    }

    /** Waits until an element is not there any more. */
    public void awaitNone(String css) {
        Awaitility.await("no " + css).atMost(PATIENCE).until(() -> all(css).isEmpty());
    }

    /** What a script returns; it is trusted to return that type. */
    public <T> T script(Class<T> type, String script, Object... arguments) {
        return Objects.requireNonNull(type.cast(driver.executeScript(script, arguments)), script);
    }

    /** What a script resolves to: {@code await} may be used in it. */
    public Object scriptAsync(String body, Object... arguments) {
        String script = "const done = arguments[arguments.length - 1];" + "(async (...given) => {" + body
                + "})(...arguments).then(done, e => done('failed: ' + e));";
        return Objects.requireNonNullElse(driver.executeAsyncScript(script, arguments), "");
    }

    /** Runs a library of the class path in the page, as the tools of a browser do. */
    public void inject(String resource) throws IOException {
        try (InputStream in = Browser.class.getClassLoader().getResourceAsStream(resource)) {
            driver.executeScript(new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8));
        }
    }

    /** What is seen, as a PNG. */
    public byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Closes the page as a person does, so that it may say goodbye. */
    public void leave() {
        driver.get("about:blank");
    }

    @Override
    public void close() {
        driver.quit();
    }
}
