package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.TicketModel;
import io.tickettriage.testing.ScriptedNetwork;
import io.tickettriage.testing.TestRules;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.TicketDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TicketScorerTest {
    /** A rehearsed model never does this; the ticket must arrive all the same. */
    @Test
    void shouldSendATicketToReviewInValidJsonWhenTheNetworkGivesNoNumber() throws Exception {
        TicketModel model = ScriptedNetwork.model((text, logits) -> Arrays.fill(logits, Float.NaN));
        Templates templates = Templates.parse(Files.readString(Path.of("config/templates.yaml")), "templates.yaml");
        TicketScorer scorer = new TicketScorer(
                new ActiveModel(model),
                new TicketDecoder(1000),
                TestRules.none(),
                templates,
                new OutputOptions(true, OutputOptions.For.ALL, OutputOptions.For.ALL, false));

        ScoringOutcome outcome = scorer.score(RawTicket.ofJson("{\"text\":\"refund\"}".getBytes(UTF_8), "t", 1));

        JsonNode json = new ObjectMapper().readTree(((ScoringOutcome.Scored) outcome).json());
        assertThat(json.at("/routing/queue").asText()).isEqualTo("review");
        assertThat(json.at("/routing/reasons"))
                .filteredOn(reason -> reason.path("reason").asText().equals("LOW_CONFIDENCE"))
                .extracting(reason -> reason.path("head").asText())
                .containsExactly("department", "intent", "churn_risk");
        assertThat(json.at("/prediction/department/confidence").isNumber()).isTrue();
        assertThat(json.at("/prediction/department/confidence").asDouble()).isZero();
        assertThat(json.at("/intent_top_k")).hasSize(3);
    }
}
