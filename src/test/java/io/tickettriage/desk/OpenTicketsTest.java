package io.tickettriage.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenTicketsTest {
    private static OpenTicket ticket(String id, int second, String queue, String alike, String... reasons) {
        RoutedTicket routed =
                new RoutedTicket(id, Instant.EPOCH.plusSeconds(second), "review", "m1", new byte[] {'{', '}'});
        return new OpenTicket(routed, queue, List.of(reasons), id, Map.of("department", queue), alike);
    }

    @Test
    void shouldCountTheTicketsThatAreOpenNowHoweverTheyCameAndWent() {
        OpenTickets open = new OpenTickets(3, 1_000);
        OpenTicket second = ticket("T-2", 2, "billing", "billing\nrefund", "RULE");
        open.add(ticket("T-1", 1, "billing", "billing\nrefund", "RULE", "LOW_CONFIDENCE"));
        open.add(second);
        open.add(ticket("T-3", 3, "sales", "billing\nrefund", "RULE"));
        assertThat(open.countBySuggestion()).isEqualTo(Map.of("billing", 2, "sales", 1));
        assertThat(open.countByReason()).isEqualTo(Map.of("RULE", 3, "LOW_CONFIDENCE", 1));
        assertThat(open.countAlike(second)).isEqualTo(2);

        open.add(ticket("T-3", 3, "technical", "", "CLOSE_CALL")); // The same ticket in another version.
        open.add(ticket("T-4", 4, "technical", "", "CLOSE_CALL")); // Drops the oldest.
        assertThat(open.countBySuggestion()).isEqualTo(Map.of("billing", 1, "technical", 2));
        assertThat(open.countByReason()).isEqualTo(Map.of("RULE", 1, "CLOSE_CALL", 2));
        assertThat(open.countAlike(second)).isZero();

        open.remove("T-2");
        open.removeIf(any -> true);
        assertThat(open.countBySuggestion()).isEmpty();
        assertThat(open.countByReason()).isEmpty();
    }

    @Test
    void shouldCallNoTicketsAlikeOfWhichNoWordsAreKnown() {
        OpenTickets open = new OpenTickets(3, 1_000);
        OpenTicket first = ticket("T-1", 1, "billing", "", "RULE");
        open.add(first);
        open.add(ticket("T-2", 2, "billing", "", "RULE"));

        assertThat(open.countAlike(first)).isZero();
    }
}
