package io.tickettriage.corrections;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickettriage.format.Json;
import io.tickettriage.ticket.InvalidInputException;
import java.io.IOException;

/** Any bytes on {@code tickets.scored}: what the join keeps of them is read back as it was written. */
class ScoredTicketFuzzTest {
    @FuzzTest(maxDuration = "9s")
    void shouldReadOrRejectAnyBytes(byte[] value) throws IOException {
        try {
            KnownTicket ticket = KnownTicket.read(value, 1024 * 1024);

            assertThat(Json.MAPPER.readValue(Json.bytes(ticket), KnownTicket.class))
                    .isEqualTo(ticket);
        } catch (InvalidInputException e) {
            assertThat(e.detail()).isNotEmpty();
        }
    }
}
