package io.tickettriage.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.text.MessageParts.Kind;
import io.tickettriage.text.MessageParts.Part;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessagePartsTest {
    private static String kinds(String text) {
        return MessageParts.of(text).stream()
                .map(part -> part.kind() + ":"
                        + text.substring(part.from(), part.to()).strip())
                .collect(Collectors.joining("|"));
    }

    @Test
    void shouldTellTextSignatureAndQuote() {
        assertThat(
                        kinds(
                                "It broke again.\n-- \nAnn Lee\nACME\n\nOn Mon, 3 Nov 2025 at 10:00, Bob wrote:\n> Did you try it?"))
                .isEqualTo("TEXT:It broke again.|SIGNATURE:-- \nAnn Lee\nACME|"
                        + "QUOTE:On Mon, 3 Nov 2025 at 10:00, Bob wrote:\n> Did you try it?");
        assertThat(kinds("> earlier words\nMy answer\n> more"))
                .isEqualTo("QUOTE:> earlier words|TEXT:My answer|QUOTE:> more");
        assertThat(kinds("Please help\nSent from my iPhone"))
                .isEqualTo("TEXT:Please help|SIGNATURE:Sent from my iPhone");
        assertThat(kinds("Yes.\n-----Original Message-----\nFrom: x"))
                .isEqualTo("TEXT:Yes.|QUOTE:-----Original Message-----\nFrom: x");
    }

    @Test
    void shouldTakeAMessageThatWouldHaveNoTextForText() {
        assertThat(MessageParts.of("> all of it")).containsExactly(new Part(Kind.TEXT, 0, 11));
        assertThat(MessageParts.of("-- \nsigned")).containsExactly(new Part(Kind.TEXT, 0, 10));
        assertThat(MessageParts.of("")).isEmpty();
    }

    @Property
    void shouldCoverEveryText(@ForAll String text) {
        List<Part> parts = MessageParts.of(text);
        int end = 0;
        for (Part part : parts) {
            assertThat(part.from()).isEqualTo(end);
            assertThat(part.to()).isGreaterThan(part.from());
            end = part.to();
        }
        assertThat(end).isEqualTo(text.length());
    }
}
