package io.tickettriage.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.desk.DecisionOutcome.Accepted;
import io.tickettriage.desk.DecisionOutcome.Invalid;
import io.tickettriage.desk.DecisionOutcome.Refused;
import io.tickettriage.desk.DeskView.State;
import io.tickettriage.format.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes decisions to {@code tickets.corrections.submitted}, as any other producer of corrections would, each once: one that
 * is sent again with its key is not written again. For use by several threads.
 */
final class Decisions {
    private static final int MAX_NOTE_CHARACTERS = 2_000;
    /** The next ticket is not offered again if the view has the decision by then. */
    private static final long READ_BACK_MILLIS = 2_000;

    private static final int LOCKS = 64;

    private final DeskView view;
    private final ReviewClaims claims;
    private final DeskWriter writer;
    private final String topic;
    private final CorrectionDecoder decoder;
    private final Map<String, CompletableFuture<Void>> unread = new ConcurrentHashMap<>();
    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    Decisions(DeskView view, ReviewClaims claims, DeskWriter writer, String topic, CorrectionDecoder decoder) {
        this.view = view;
        this.claims = claims;
        this.writer = writer;
        this.topic = topic;
        this.decoder = decoder;
    }

    /** To be called for every submission that the view has read. */
    void read(Submission said) {
        CompletableFuture<Void> waiting = unread.get(sent(said.ticketId(), said.idempotencyKey()));
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Writes a decision and returns once the topic has it; {@code key} is the same where it is sent again. */
    DecisionOutcome decide(Decision decision, Person person, String key) throws NotAcknowledgedException {
        // Two on a ticket that are sent at once, by a double click or by two people, one after the other.
        synchronized (locks.get(Math.floorMod(decision.ticketId().hashCode(), LOCKS))) {
            Optional<DecisionOutcome> known = view.read(state -> known(decision, person, key, state));
            if (known.isPresent()) {
                return known.get();
            }
            // Another instance may be taking another person's decision right now: the claims topic says whose counts.
            if (decision.review() && !holds(decision.ticketId(), person)) {
                ClaimOutcome claim = claims.claim(decision.ticketId(), person);
                if (!(claim instanceof ClaimOutcome.Granted)) {
                    return new Refused(claim);
                }
            }
            return write(decision, person, key);
        }
    }

    private static String sent(String ticketId, String key) {
        return ticketId + "\n" + key;
    }

    private boolean holds(String id, Person person) {
        Instant later = Instant.now().plus(DeskWriter.TIMEOUT);
        return view.<Boolean>read(state -> state.claims()
                .of(id, later)
                .filter(claim -> claim.isOf(person.name(), person.session()))
                .isPresent());
    }

    /** What can be said without writing anything. */
    private static Optional<DecisionOutcome> known(Decision decision, Person person, String key, State state) {
        String id = decision.ticketId();
        Optional<Submission> before = state.submissions().sentBefore(id, person.name(), key);
        if (before.isPresent()) {
            return before.map(said -> new Accepted(id, said.by(), said.at(), said.record(), true));
        }
        boolean isOpen = state.open().find(id).isPresent();
        Optional<Submission> decided = state.submissions().decisionOn(id);
        if (decision.review() && !isOpen && decided.isPresent()) {
            return Optional.of(new Refused(new ClaimOutcome.Closed(Decided.of(decided.get()))));
        }
        boolean isKnown = isOpen || state.recent().find(id).isPresent() || decided.isPresent();
        if (!isKnown) {
            return Optional.of(new Refused(new ClaimOutcome.Unknown()));
        }
        return state.claims()
                .of(id, Instant.now())
                .filter(claim -> isOpen && !claim.isOf(person.name(), person.session()))
                .map(claim -> new Refused(new ClaimOutcome.Taken(HeldClaim.of(claim, person))));
    }

    private DecisionOutcome write(Decision decision, Person person, String key) throws NotAcknowledgedException {
        Instant now = Instant.now();
        String id = decision.ticketId();
        byte[] json = Json.bytes(fields(decision, person, now));
        if (decision.note().length() > MAX_NOTE_CHARACTERS) {
            return new Invalid("INVALID_FIELD", "the note is longer than " + MAX_NOTE_CHARACTERS + " characters");
        }
        if (decoder.decode(json, id.getBytes(UTF_8), now) instanceof RejectedCorrection rejected) {
            return new Invalid(rejected.reason().name(), rejected.detail());
        }
        ProducerRecord<byte[], byte[]> record = DeskWriter.record(topic, id, json);
        record.headers().add(Submission.IDEMPOTENCY_KEY, key.getBytes(UTF_8));
        CompletableFuture<Void> read = new CompletableFuture<>();
        unread.put(sent(id, key), read);
        try {
            String written = writer.write(record).toString();
            awaitRead(read);
            return new Accepted(id, person.name(), now, written, false);
        } finally {
            unread.remove(sent(id, key), read);
        }
    }

    /** The fields of the contract's submission. */
    private static Map<String, Object> fields(Decision decision, Person person, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ticket_id", decision.ticketId());
        fields.put("labels", decision.labels());
        if (!decision.proposed().isEmpty()) {
            fields.put("proposed", decision.proposed());
        }
        fields.put("submitted_by", person.name());
        fields.put("submitted_at", now.toString());
        if (!decision.note().isBlank()) {
            fields.put("note", decision.note().strip());
        }
        return fields;
    }

    private static void awaitRead(CompletableFuture<Void> read) {
        try {
            Void unused = read.get(READ_BACK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is on the topic, and that counts; the view will have it later.
        }
    }
}
