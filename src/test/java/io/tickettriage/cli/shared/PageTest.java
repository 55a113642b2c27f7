package io.tickettriage.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "T-1\u001b[2J\r\n  rejected: forged";
    private static final String VISIBLE = "T-1\\u001b[2J\\r\\n  rejected: forged";

    private final StringWriter written = new StringWriter();
    private final Page page = new Page(new PrintWriter(written, true));

    @Test
    void shouldPrintWhatOtherPeopleWroteAsOneLineThatATerminalDoesNotObey() {
        page.line(HOSTILE);
        page.line("%s: %d", HOSTILE, 1);
        assertThat(written.toString().lines()).containsExactly(VISIBLE, VISIBLE + ": 1");
    }

    @Test
    void shouldKeepARowOfATableInOneLine() {
        Page.Table table = page.table("ticket", "queue");
        table.row(HOSTILE, "billing");
        table.print();
        assertThat(written.toString().lines()).hasSize(2).element(1).asString().contains(VISIBLE + "  billing");
    }

    @Test
    void shouldKeepTheLinesOfATextThatHasSome() {
        page.lines("{\n  \"a\" : \"\u001b\"\n}");
        assertThat(written.toString()).isEqualTo("{\n  \"a\" : \"\\u001b\"\n}\n");
    }
}
