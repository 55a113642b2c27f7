package io.tickettriage.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
    @Test
    void shouldShowWhatALogOrATerminalWouldObey() {
        assertThat(VisibleText.line("red\u001b[31m\r\n2026 ERROR\tforged\u2028\u009b1m\u202e\u0000\u007f\ud800"))
                .isEqualTo("red\\u001b[31m\\r\\n2026 ERROR\\tforged\\u2028\\u009b1m\\u202e\\u0000\\u007f\\ud800");
        assertThat(VisibleText.line("a tag \udb40\udc01 too")).isEqualTo("a tag \\udb40\\udc01 too");
    }

    @Test
    void shouldLeaveOrdinaryTextOfAnyLanguageAlone() {
        String text = "C:\\temp $1 größe \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
                + " \ud83d\udc69\u200d\ud83d\udcbb \u0939\u093f\u0928\u094d\u0926\u0940";
        assertThat(VisibleText.line(text)).isEqualTo(text);
    }

    @Test
    void shouldKeepTheLinesOfATextThatHasSeveral() {
        assertThat(VisibleText.lines("two problems:\n  a\u001b[0m\n  b"))
                .isEqualTo("two problems:\n  a\\u001b[0m\n  b");
    }

    @Property(tries = 500)
    void shouldGiveOneLineWithoutControlCharactersOfAnyText(@ForAll String text) {
        assertThat(VisibleText.line(text).chars().filter(Character::isISOControl))
                .isEmpty();
    }
}
