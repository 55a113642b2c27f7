package io.tickettriage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.ticket.RawTicket;
import java.io.IOException;

/** Any bytes on {@code tickets.raw}: an outcome, and where it is a ticket, JSON that a reader can read. */
class TicketFuzzTest {
    private final TicketScorer scorer = TestScorers.withEverything();

    @FuzzTest(maxDuration = "9s")
    void shouldScoreOrRejectAnyBytes(byte[] value) throws IOException {
        boolean plainText = value.length % 2 == 1;

        ScoringOutcome outcome = scorer.score(new RawTicket(value, null, plainText, "tickets.raw", 0, 0));

        if (outcome instanceof ScoringOutcome.Scored scored) {
            JsonNode json = Json.MAPPER.readTree(scored.json());
            assertThat(json.at("/ticket/id").isTextual()).isTrue();
            assertThat(json.at("/routing/queue").asText()).isNotEmpty();
        } else {
            assertThat(outcome).isInstanceOf(ScoringOutcome.Rejected.class);
        }
    }
}
