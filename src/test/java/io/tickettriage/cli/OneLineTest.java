package io.tickettriage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void shouldTakeOutWhatATerminalWouldObey() {
        assertThat(OneLine.of("red\u001b[31m \u202eturned\r\nnext\u2028line\u0000", 100))
                .isEqualTo("red [31m  turned  next line ");
    }

    @Test
    void shouldNeverCutACharacterInTwo() {
        assertThat(OneLine.of("ab\ud83d\ude00cd", 3)).isEqualTo("ab\ud83d\ude00…");
        assertThat(OneLine.of("abc", 3)).isEqualTo("abc");
    }

    @Property(tries = 500)
    void shouldGiveOneLineOfAnyText(@ForAll String text) {
        String line = OneLine.of(text, 20);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(21);
        assertThat(line.chars().filter(Character::isISOControl)).isEmpty();
    }
}
