package io.tickettriage.testing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A browser for each test of a class; the class is skipped, saying so, where there is none on this machine. */
public final class BrowserOfTest implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        Browser.assumeInstalled();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        browser = Browser.start();
    }

    /** The browser of the test that runs. */
    public Browser get() {
        return Objects.requireNonNull(browser, "register this extension as a static field");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
    }
}
