package io.tickettriage.cli.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.cli.shared.InputLines;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionLineTest {
    private static final int MAX_BYTES = 1000;

    @Test
    void shouldSendALineAsItIsWhereItNamesItsSubmitter() throws Exception {
        String line = "{\"ticket_id\":\"T-1\", \"labels\": {\"intent\":\"praise\"},\"submitted_by\":\"ann\",\"x\":1.0}";

        assertThat(check(line)).singleElement().satisfies(checked -> {
            assertThat(((SubmissionLine.Valid) checked).ticketId()).isEqualTo("T-1");
            assertThat(new String(((SubmissionLine.Valid) checked).json(), UTF_8))
                    .isEqualTo(line);
        });
    }

    @Test
    void shouldNameTheSubmitterWhereALineDoesNot() throws Exception {
        assertThat(check("{\"text\":\"thanks\",\"intent\":\"praise\"}"))
                .singleElement()
                .satisfies(checked -> assertThat(new String(((SubmissionLine.Valid) checked).json(), UTF_8))
                        .isEqualTo("{\"text\":\"thanks\",\"intent\":\"praise\",\"submitted_by\":\"me\"}"));
    }

    @Test
    void shouldCountBlankLinesAndSayWhatIsWrongWithOthers() throws Exception {
        byte[] malformed = "{\"ticket_id\":\"?\",\"labels\":{\"intent\":\"praise\"}}".getBytes(UTF_8);
        malformed[14] = (byte) 0xff;
        byte[] lines = concat(
                "\n{\"labels\":{\"intent\":\"praise\"}}\r\n \n".getBytes(UTF_8),
                malformed,
                "\n{} {}\n{\"ticket_id\":\"T\",\"labels\":{\"intent\":\"praise\"}} {}".getBytes(UTF_8),
                ("\n{\"text\":\"" + "x".repeat(2 * MAX_BYTES) + "\",\"intent\":\"praise\"}").getBytes(UTF_8));

        assertThat(check(lines))
                .extracting(checked ->
                        ((SubmissionLine.Invalid) checked).line() + " " + ((SubmissionLine.Invalid) checked).reason())
                .containsExactly(
                        "2 " + RejectReason.NO_TICKET,
                        "4 " + RejectReason.INVALID_UTF8,
                        "5 " + RejectReason.INVALID_JSON,
                        "6 " + RejectReason.INVALID_JSON,
                        "7 " + RejectReason.TOO_LARGE);
    }

    private static List<SubmissionLine> check(String line) throws IOException {
        return check(line.getBytes(UTF_8));
    }

    private static List<SubmissionLine> check(byte[] input) throws IOException {
        CorrectionDecoder decoder =
                new CorrectionDecoder(ConfigFiles.read("config/taxonomy.yaml", Taxonomy::read), MAX_BYTES);
        List<SubmissionLine> checked = new ArrayList<>();
        InputLines.forEach(
                new ByteArrayInputStream(input),
                MAX_BYTES,
                line -> checked.add(SubmissionLine.check(line, "me", decoder)));
        return checked;
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
