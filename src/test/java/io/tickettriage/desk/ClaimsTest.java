package io.tickettriage.desk;

import static io.tickettriage.desk.ScoredRecords.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.desk.Claims.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private final Claims claims = new Claims();

    private static Claim claim(String by, int until) {
        return new Claim(by, by + "-window", second(until), by + until);
    }

    @Test
    void shouldGiveATicketToTheFirstAndKeepItFromOthersUntilTheClaimEnds() {
        assertThat(claims.apply("T", claim("ann", 60), second(0))).contains(claim("ann", 60));
        assertThat(claims.apply("T", claim("bob", 70), second(10))).contains(claim("ann", 60));
        assertThat(claims.apply("T", claim("bob", 130), second(60))).contains(claim("bob", 130));
    }

    @Test
    void shouldRenewAndReleaseOneOwnClaimAlone() {
        claims.apply("T", claim("ann", 60), second(0));
        assertThat(claims.apply("T", claim("ann", 120), second(50))).contains(claim("ann", 120));
        assertThat(claims.apply("T", claim("bob", -1), second(51))).contains(claim("ann", 120));
        assertThat(claims.apply("T", claim("ann", -1), second(52))).isEmpty();
        assertThat(claims.apply("T", claim("bob", 100), second(53))).contains(claim("bob", 100));
    }

    @Test
    void shouldTakeTwoWindowsOfOnePersonForTwo() {
        claims.apply("T", new Claim("ann", "left", second(60), "1"), second(0));
        assertThat(claims.apply("T", new Claim("ann", "right", second(60), "2"), second(1)))
                .hasValueSatisfying(held -> assertThat(held.session()).isEqualTo("left"));
    }

    @Test
    void shouldShortenAClaimThatAsksForTooMuch() {
        Claim greedy = new Claim("ann", "s", Instant.MAX, "1");
        Instant longest = second(0).plus(Claims.LONGEST);
        assertThat(claims.apply("T", greedy, second(0)))
                .hasValueSatisfying(held -> assertThat(held.until()).isEqualTo(longest));
        assertThat(claims.of("T", longest)).isEmpty();
    }

    /** What two instances say must not depend on when each looks, nor on when it forgets. */
    @Property(tries = 200)
    void shouldAgreeWhereverAReaderForgetsWhatHasEnded(@ForAll List<@IntRange(min = 0, max = 5) Integer> people) {
        Claims all = new Claims();
        Claims forgetful = new Claims();
        List<Optional<Claim>> said = new ArrayList<>();
        List<Optional<Claim>> saidByForgetful = new ArrayList<>();
        IntStream.range(0, people.size()).forEach(i -> {
            Claim asked = claim("p" + people.get(i), 7 * i + 20 * (people.get(i) % 3));
            said.add(all.apply("T", asked, second(7 * i)));
            saidByForgetful.add(forgetful.apply("T", asked, second(7 * i)));
            forgetful.removeEnded(second(7 * i));
        });
        assertThat(saidByForgetful).isEqualTo(said);
    }
}
