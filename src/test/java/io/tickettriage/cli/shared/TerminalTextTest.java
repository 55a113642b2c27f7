package io.tickettriage.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void shouldTakeOutWhatATerminalWouldObey() {
        assertThat(TerminalText.of("red\u001b[31m \u202eturned\r\nnext\u2028line\u0000", 100))
                .isEqualTo("red [31m  turned  next line ");
    }

    @Test
    void shouldNeverCutACharacterInTwo() {
        assertThat(TerminalText.of("ab\ud83d\ude00cd", 3)).isEqualTo("ab\ud83d\ude00…");
        assertThat(TerminalText.of("abc", 3)).isEqualTo("abc");
    }

    @Property(tries = 500)
    void shouldGiveOneLineOfAnyText(@ForAll String text) {
        String line = TerminalText.of(text, 20);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(21);
        assertThat(line.chars().filter(Character::isISOControl)).isEmpty();
    }
}
