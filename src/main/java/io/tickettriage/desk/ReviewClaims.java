package io.tickettriage.desk;

import io.tickettriage.desk.Claims.Claim;
import io.tickettriage.desk.DeskView.ClaimRead;
import io.tickettriage.desk.DeskView.State;
import io.tickettriage.format.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Claims tickets: writes the wish to the claims topic, reads it back, and goes by what the topic's order says. So two people
 * never have the same ticket, whichever instances they talk to. For use by several threads.
 */
final class ReviewClaims {
    private static final int ATTEMPTS = 20;
    /** How many tickets are looked at for the words in one step of the view. */
    private static final int AT_A_TIME = 50;

    private final DeskView view;
    private final DeskWriter writer;
    private final String topic;
    private final Duration length;
    private final TopicClock clock;
    /** By the name of the record, what the view finds once it has read it. */
    private final Map<String, CompletableFuture<Optional<Claim>>> unread = new ConcurrentHashMap<>();
    /** Tickets for which this instance has such a wish under way: another person is better given another ticket. */
    private final Set<String> wished = ConcurrentHashMap.newKeySet();

    /** Claims of a length, on a topic that is stamped by a clock. */
    ReviewClaims(DeskView view, DeskWriter writer, String topic, Duration length, TopicClock clock) {
        this.view = view;
        this.writer = writer;
        this.topic = topic;
        this.length = length;
        this.clock = clock;
    }

    /** To be called for every claim that the view has read. */
    void read(ClaimRead claim) {
        CompletableFuture<Optional<Claim>> waiting = unread.remove(claim.asked().claim());
        if (waiting != null) {
            clock.hear(claim.at());
            waiting.complete(claim.holds());
        }
    }

    /** Claims a ticket, or renews this person's claim on it. */
    ClaimOutcome claim(String id, Person person) throws NotAcknowledgedException {
        Optional<ClaimOutcome> refusal = view.read(state -> refusal(id, person, state));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        wished.add(id);
        try {
            Optional<Claim> first = write(id, person, clock.instant().plus(length));
            // None where the claim had ended when it was written: this machine's clock is behind.
            Optional<Claim> holds = first.isPresent()
                    ? first
                    : write(id, person, clock.instant().plus(length));
            return holds.filter(claim -> claim.isOf(person.name(), person.session()))
                    .<ClaimOutcome>map(claim -> new ClaimOutcome.Granted(HeldClaim.of(claim, person)))
                    .or(() -> holds.map(claim -> new ClaimOutcome.Taken(HeldClaim.of(claim, person))))
                    .orElseGet(ClaimOutcome.Unknown::new);
        } finally {
            wished.remove(id);
        }
    }

    private Optional<ClaimOutcome> refusal(String id, Person person, State state) {
        if (state.open().find(id).isEmpty()) {
            return Optional.of(state.submissions()
                    .decisionOn(id)
                    .<ClaimOutcome>map(decision -> new ClaimOutcome.Closed(Decided.of(decision)))
                    .orElseGet(ClaimOutcome.Unknown::new));
        }
        return state.claims()
                .of(id, clock.instant())
                .filter(claim -> !claim.isOf(person.name(), person.session()))
                .map(claim -> new ClaimOutcome.Taken(HeldClaim.of(claim, person)));
    }

    /** Claims the oldest ticket that is wanted and free; its id, or nothing where there is none. */
    Optional<String> claimNext(ReviewFilter filter, Set<String> skip, Person person) throws NotAcknowledgedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<String> id = next(filter, skip, person);
            if (id.isEmpty() || claim(id.get(), person) instanceof ClaimOutcome.Granted) {
                return id;
            }
        }
        return Optional.empty();
    }

    private Optional<String> next(ReviewFilter filter, Set<String> skip, Person person) {
        int atATime = filter.readsNothing() ? 1 : AT_A_TIME;
        Optional<OpenTicket> last = Optional.empty();
        while (true) {
            Optional<OpenTicket> place = last;
            List<OpenTicket> some = view.read(state -> place.map(state.open()::streamAfter)
                    .orElseGet(state.open()::stream)
                    .filter(open -> isFree(open, skip, person, state) && filter.isOfKind(open))
                    .limit(atATime)
                    .toList());
            Optional<OpenTicket> found = some.stream().filter(filter::hasWords).findFirst();
            if (found.isPresent() || some.isEmpty()) {
                return found.map(open -> open.ticket().id());
            }
            last = Optional.of(some.get(some.size() - 1));
        }
    }

    private boolean isFree(OpenTicket open, Set<String> skip, Person person, State state) {
        String id = open.ticket().id();
        return !skip.contains(id)
                && !wished.contains(id)
                && state.claims()
                        .of(id, clock.instant())
                        .filter(claim -> !claim.isOf(person.name(), person.session()))
                        .isEmpty();
    }

    /** Gives this person's claim back; somebody else's stays. */
    void release(String id, Person person) throws NotAcknowledgedException {
        boolean mine = view.read(state -> state.claims()
                .of(id, clock.instant())
                .filter(claim -> claim.isOf(person.name(), person.session()))
                .isPresent());
        if (mine) {
            Optional<Claim> unused = write(id, person, Instant.EPOCH);
        }
    }

    private Optional<Claim> write(String id, Person person, Instant until) throws NotAcknowledgedException {
        Claim asked = new Claim(
                person.name(), person.session(), until, UUID.randomUUID().toString());
        CompletableFuture<Optional<Claim>> read = new CompletableFuture<>();
        unread.put(asked.claim(), read);
        try {
            var unused = writer.write(DeskWriter.record(topic, id, Json.bytes(asked)));
            return read.get(DeskWriter.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledgedException(topic, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotAcknowledgedException(topic, e);
        } finally {
            unread.remove(asked.claim());
        }
    }
}
