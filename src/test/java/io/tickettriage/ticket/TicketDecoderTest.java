package io.tickettriage.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketDecoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final TicketDecoder decoder = new TicketDecoder(1024 * 1024);

    @Test
    void shouldJoinSubjectBodyAndTextInThisOrder() {
        Ticket ticket = accept("{\"text\":\"third\",\"body\":\"second\",\"id\":\"T-1\",\"subject\":\"first\"}");

        assertThat(ticket.text()).isEqualTo("first\nsecond\nthird");
        assertThat(ticket.id()).isEqualTo("T-1");
    }

    @Test
    void shouldReadDescriptionOrMessageAsBody() {
        assertThat(accept("{\"description\":\"d\"}").text()).isEqualTo("d");
        assertThat(accept("{\"message\":\"m\"}").text()).isEqualTo("m");
        assertThat(accept("{\"body\":\"b\",\"message\":\"m\"}").text()).isEqualTo("b");
    }

    @Test
    void shouldKeepOtherFieldsByteForByteAndInOrder() {
        Ticket ticket = accept(
                "{\"z\": [1, {\"a\" : 1.50}], \"id\": 7, \"text\":\"caf\\u00e9 \uD83D\uDE00\", \"a\":-0.0e10 , \"t\":true}");

        assertThat(new String(ticket.passThroughFields(), UTF_8))
                .isEqualTo("\"z\": [1, {\"a\" : 1.50}],\"text\":\"caf\\u00e9 \uD83D\uDE00\",\"a\":-0.0e10,\"t\":true");
        assertThat(ticket.id()).isEqualTo("7");
    }

    @Test
    void shouldCountTheLastOfDuplicateFieldsAndCarryOnlyIt() {
        Ticket ticket = accept("{\"text\":\"old\",\"id\":\"a\",\"text\":\"new\",\"id\":\"b\"}");

        assertThat(ticket.text()).isEqualTo("new");
        assertThat(ticket.id()).isEqualTo("b");
        assertThat(new String(ticket.passThroughFields(), UTF_8)).isEqualTo("\"text\":\"new\"");
    }

    @Test
    void shouldTakeTheIdFromTheKeyAndElseFromThePosition() {
        byte[] value = "{\"text\":\"x\",\"id\":null}".getBytes(UTF_8);

        assertThat(decoder.decode(new RawTicket(value, "K-9".getBytes(UTF_8), false, "t", 3, 14)))
                .extracting(d -> ((Ticket) d).id())
                .isEqualTo("K-9");
        assertThat(decoder.decode(new RawTicket(value, null, false, "t", 3, 14)))
                .extracting(d -> ((Ticket) d).id())
                .isEqualTo("t-3-14");
        assertThat(decoder.decode(new RawTicket(value, new byte[] {(byte) 0xff}, false, "t", 3, 14)))
                .extracting(d -> ((Ticket) d).id())
                .isEqualTo("t-3-14");
        assertThat(decoder.decode(new RawTicket(value, new byte[257], false, "t", 3, 14)))
                .extracting(d -> ((Ticket) d).id())
                .isEqualTo("t-3-14");
    }

    @Test
    void shouldReadMetadataFromTheObjectAndTheTopLevel() {
        Ticket ticket = accept(
                "{\"text\":\"x\",\"plan\":\"free\",\"region\":\"eu\",\"metadata\":{\"plan\":\"pro\",\"seats\":5,\"deep\":{\"a\":1},\"none\":null}}");

        assertThat(ticket.metadata()).isEqualTo(Map.of("plan", "pro", "region", "eu", "seats", "5"));
    }

    @Test
    void shouldTakeAPlainTextValueAsTheText() throws Exception {
        byte[] value = "payment \"failed\"\n\u0001".getBytes(UTF_8);

        Ticket ticket = (Ticket) decoder.decode(new RawTicket(value, null, true, "t", 0, 5));

        assertThat(ticket.text()).isEqualTo("payment \"failed\"\n\u0001");
        assertThat(JSON.readTree("{" + new String(ticket.passThroughFields(), UTF_8) + "}")
                        .get("text")
                        .textValue())
                .isEqualTo(ticket.text());
    }

    @Test
    void shouldReplaceLoneSurrogatesInAnIdSoThatItCanBeWritten() {
        assertThat(accept("{\"text\":\"x\",\"id\":\"a\\ud800b\"}").id()).isEqualTo("a\uFFFDb");
    }

    @Test
    void shouldCarryANumberOfAMillionDigits() {
        String digits = "9".repeat(1_000_000);

        assertThat(accept("{\"text\":\"x\",\"n\":" + digits + "}").passThroughFields())
                .hasSizeGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|NO_TEXT",
                "{\"text\":\"  \\u00a0\\u200b\\n\"}|NO_TEXT",
                "{\"subject\":null}|NO_TEXT",
                "42|NOT_AN_OBJECT",
                "\"text\"|NOT_AN_OBJECT",
                "[{\"text\":\"x\"}]|NOT_AN_OBJECT",
                "null|NOT_AN_OBJECT",
                "{\"text\":\"x\"|INVALID_JSON",
                "{\"text\":\"x\"} {}|INVALID_JSON",
                "{text:1}|INVALID_JSON",
                "{\"text\":NaN}|INVALID_JSON",
                "{\"text\":42}|INVALID_FIELD",
                "{\"text\":\"x\",\"subject\":[]}|INVALID_FIELD",
                "{\"text\":\"x\",\"id\":{}}|INVALID_FIELD",
                "{\"text\":\"x\",\"metadata\":\"m\"}|INVALID_FIELD",
            })
    void shouldRejectWithTheReasonOfTheContract(String json, RejectReason reason) {
        assertThat(reject(json.getBytes(UTF_8))).isEqualTo(reason);
    }

    @Test
    void shouldRejectEmptyTooLargeTooDeepAndMalformedValues() {
        assertThat(reject(new byte[0])).isEqualTo(RejectReason.EMPTY_VALUE);
        assertThat(decoder.decode(new RawTicket(null, null, false, "t", 0, 0)))
                .isEqualTo(new RejectedTicket(RejectReason.EMPTY_VALUE, "the value is null"));
        assertThat(reject(new byte[1024 * 1024 + 1])).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(reject(("{\"text\":\"x\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(UTF_8)))
                .isEqualTo(RejectReason.TOO_DEEP);
        assertThat(reject(new byte[] {'{', '"', (byte) 0xc3, '"'})).isEqualTo(RejectReason.INVALID_UTF8);
        assertThat(reject("{\"text\":\"x\",\"id\":\"%s\"}"
                        .replace("%s", "i".repeat(257))
                        .getBytes(UTF_8)))
                .isEqualTo(RejectReason.INVALID_FIELD);
    }

    @Test
    void shouldReadJsonInAFrameOfASchemaRegistry() {
        byte[] json = "{\"id\":\"T-1\",\"text\":\"refund\",\"n\":1}".getBytes(UTF_8);

        Ticket ticket = accept(framed(json));

        assertThat(ticket.id()).isEqualTo("T-1");
        assertThat(new String(ticket.passThroughFields(), UTF_8)).isEqualTo("\"text\":\"refund\",\"n\":1");
    }

    @Test
    void shouldRejectAFrameThatHoldsNoJsonByName() {
        assertThat(reject(framed(new byte[] {2, 4, 'a', 'b'}))).isEqualTo(RejectReason.SCHEMA_REGISTRY_FRAMED);
        assertThat(reject(new byte[] {0, 0, 0, 0, 1})).isEqualTo(RejectReason.SCHEMA_REGISTRY_FRAMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "UTF-32", "X-UTF-16LE-BOM"})
    void shouldRejectOtherUnicodeEncodingsByName(String charset) {
        byte[] json = "{\"text\":\"refund please\"}".getBytes(Charset.forName(charset));
        byte[] text = "refund please".getBytes(Charset.forName(charset));

        assertThat(reject(json)).isEqualTo(RejectReason.UNSUPPORTED_ENCODING);
        assertThat(decoder.decode(new RawTicket(text, null, true, "t", 0, 0)))
                .extracting(rejected -> ((RejectedTicket) rejected).reason())
                .isEqualTo(RejectReason.UNSUPPORTED_ENCODING);
    }

    @Test
    void shouldReadJsonAfterAByteOrderMarkOfUtf8() {
        Ticket ticket = accept("\uFEFF{\"text\":\"refund\",\"n\":1}".getBytes(UTF_8));

        assertThat(new String(ticket.passThroughFields(), UTF_8)).isEqualTo("\"text\":\"refund\",\"n\":1");
    }

    @Test
    void shouldCarryANameOf100000Characters() {
        String name = "n".repeat(100_000);

        assertThat(new String(accept("{\"text\":\"x\",\"" + name + "\":1}").passThroughFields(), UTF_8))
                .contains(name);
    }

    private static byte[] framed(byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(1)
                .put(content)
                .array();
    }

    @Test
    void shouldAcceptAValueOf900Kilobytes() {
        assertThat(accept("{\"text\":\"" + "a ".repeat(450_000) + "\"}").text()).hasSize(900_000);
    }

    @Property(tries = 2000)
    void shouldNeverThrowForAnyBytes(@ForAll byte[] value) {
        assertThat(decoder.decode(new RawTicket(value, null, false, "t", 0, 0))).isNotNull();
        assertThat(decoder.decode(new RawTicket(value, null, true, "t", 0, 0))).isNotNull();
    }

    @Property(tries = 1000)
    void shouldDecodeEveryObjectWithTextAndCarryValidJson(@ForAll("objects") Map<String, String> fields)
            throws Exception {
        byte[] value = JSON.writeValueAsBytes(fields);

        DecodedTicket decoded = decoder.decode(new RawTicket(value, null, false, "t", 0, 0));

        if (decoded instanceof Ticket ticket) {
            JsonNode carried = JSON.readTree("{" + new String(ticket.passThroughFields(), UTF_8) + "}");
            for (Map.Entry<String, String> field : fields.entrySet()) {
                assertThat(carried.get(field.getKey()).textValue()).isEqualTo(field.getValue());
            }
        } else {
            assertThat(((RejectedTicket) decoded).reason()).isEqualTo(RejectReason.NO_TEXT);
        }
    }

    @Property(tries = 2000)
    void shouldSurviveOneDamagedByte(
            @ForAll("objects") Map<String, String> fields, @ForAll int place, @ForAll byte damage) throws Exception {
        byte[] value = JSON.writeValueAsBytes(fields);
        value[Math.floorMod(place, value.length)] = damage;

        assertThat(decoder.decode(new RawTicket(value, null, false, "t", 0, 0))).isNotNull();
    }

    @Provide
    Arbitrary<Map<String, String>> objects() {
        Arbitrary<String> names = Arbitraries.of("text", "subject", "body", "x", "y", "\u00fc", "");
        return Arbitraries.maps(names, Arbitraries.strings().ofMaxLength(12).filter(TicketDecoderTest::isWellFormed))
                .ofMaxSize(5);
    }

    private static boolean isWellFormed(String s) {
        return UTF_8.newEncoder().canEncode(s);
    }

    private Ticket accept(String json) {
        return accept(json.getBytes(UTF_8));
    }

    private Ticket accept(byte[] value) {
        DecodedTicket decoded = decoder.decode(RawTicket.ofJson(value, "test", 1));
        assertThat(decoded).isInstanceOf(Ticket.class);
        return (Ticket) decoded;
    }

    private RejectReason reject(byte[] value) {
        DecodedTicket decoded = decoder.decode(RawTicket.ofJson(value, "test", 1));
        assertThat(decoded).isInstanceOf(RejectedTicket.class);
        return ((RejectedTicket) decoded).reason();
    }
}
