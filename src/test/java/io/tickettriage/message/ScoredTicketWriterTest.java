package io.tickettriage.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.model.Explanation;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.model.TicketModel;
import io.tickettriage.testing.Golden;
import io.tickettriage.testing.TestModels;
import io.tickettriage.ticket.Ticket;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ScoredTicketWriterTest {
    private final TicketModel model = TestModels.artifact("m1", 6).model();
    private final Ticket ticket = new Ticket(
            "T-\"1\"", "refund please", Map.of(), "\"text\":\"refund\\u0020please\",\"n\": 1.50".getBytes(UTF_8));
    private final Prediction prediction = model.newPredictor().predict("refund please", Map.of());

    @Test
    void shouldWriteEveryPartAsTheGoldenFileSays() throws Exception {
        ScoredTicket scored = new ScoredTicket(
                ticket,
                prediction,
                new Routing(
                        Routing.REVIEW,
                        Optional.of("vip"),
                        List.of(
                                new ReviewReason(
                                        ReviewReason.Kind.LOW_CONFIDENCE, Optional.of("department"), 0.41f, 0.55f),
                                new ReviewReason(ReviewReason.Kind.UNKNOWN_LANGUAGE, Optional.empty(), 0.1f, 0.2f),
                                new ReviewReason(ReviewReason.Kind.RULE, Optional.empty(), 0, 0))),
                model,
                List.of(new Explanation("department", List.of(new Explanation.Term("refund", 12.345678f)))),
                Optional.of(new HumanReadable("Summary \"quoted\"", "Note\nof two lines", "Reply")),
                Optional.of(new ForwardPass.TextView(
                        "refund please", List.of("refund", "please"), new ForwardPass.Features(1, 1, List.of()))));

        String json = new String(new ScoredTicketWriter(true).write(scored), UTF_8);

        new ObjectMapper().readTree(json);
        Golden.assertMatches("scored-ticket.json", json.replace(model.sha256(), "<sha256>"));
    }

    @Test
    void shouldLeaveOutWhatIsNotWanted() throws Exception {
        ScoredTicket scored = new ScoredTicket(
                ticket,
                prediction,
                new Routing("billing", Optional.empty(), List.of()),
                model,
                List.of(),
                Optional.empty(),
                Optional.empty());

        String json = new String(new ScoredTicketWriter(false).write(scored), UTF_8);

        assertThat(json).doesNotContain("\"scores\"", "\"explanation\"", "\"human_readable\"", "\"debug\"");
        assertThat(json).contains("\"ticket\":{\"id\":\"T-\\\"1\\\"\",\"text\":\"refund\\u0020please\",\"n\": 1.50}");
    }

    @Property(tries = 2000)
    void shouldWriteSixDecimals(@ForAll @FloatRange(min = -1000, max = 1000) float value) throws Exception {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            new SixDecimals().write(json, "value", value);
            json.writeEndObject();
        }
        String field = "{\"value\":";
        assertThat(out.toString()).startsWith(field).endsWith("}");
        BigDecimal written = new BigDecimal(
                out.getBuffer().substring(field.length(), out.getBuffer().length() - 1));
        assertThat(written.scale()).isEqualTo(6);
        assertThat(written.subtract(new BigDecimal(value)).abs())
                .isLessThanOrEqualTo(new BigDecimal("0.0000005")
                        .setScale(10, RoundingMode.UP)
                        .add(new BigDecimal("1e-9")));
    }
}
