package io.tickettriage.desk;

import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.desk.DeskStats.ProposedLabel;
import io.tickettriage.desk.DeskStats.Vitals;
import io.tickettriage.desk.DeskView.Changes;
import io.tickettriage.desk.DeskView.State;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.Routing;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * What people can ask and do about review tickets. Everything is answered from memory, which {@link DeskFollower} keeps as
 * the topics say; what people do is written to topics and comes back that way. For use by several threads.
 */
public final class Desk implements AutoCloseable {
    private final ActiveModel model;
    private final DeskView view;
    private final DeskWriter writer;
    private final DeskFollower follower;
    private final ReviewClaims claims;
    private final Decisions decisions;
    private final TicketReader reader;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Hears of changes, on the follower's thread: it must return at once. */
    public interface Listener {
        void changed(TicketChange change);
    }

    /**
     * How much is kept, and how long.
     *
     * @param window how far back
     * @param maxBytes of open tickets, and of others, each
     * @param claim how long a claim lasts
     */
    public record Limits(Duration window, int maxOpen, int maxRecent, long maxBytes, Duration claim) {}

    /** What a search found, in how many tickets, of which the oldest was routed at a time. */
    public record Found(List<TicketSummary> tickets, int searched, Optional<Instant> since) {}

    /** A desk that has read nothing; it owns both clients and closes them. */
    public Desk(
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            TopicNames names,
            CorrectionDecoder decoder,
            Taxonomy taxonomy,
            ActiveModel model,
            Limits limits) {
        this.model = model;
        Supplier<String> routingHead = () -> model.current().routingHead().name();
        State empty = new State(
                new OpenTickets(limits.maxOpen(), limits.maxBytes()),
                new RecentTickets(limits.maxRecent(), limits.maxBytes()),
                new Claims(),
                new Submissions(),
                new Agreement(),
                new Traffic());
        this.view = new DeskView(names, decoder, taxonomy, routingHead, limits.window(), empty);
        this.writer = new DeskWriter(producer);
        TopicClock clock = new TopicClock(InstantSource.system());
        this.claims = new ReviewClaims(view, writer, names.claims(), limits.claim(), clock);
        this.decisions = new Decisions(view, claims, writer, names.correctionsSubmitted(), decoder);
        this.reader = new TicketReader(routingHead, clock);
        Set<String> topics =
                Set.of(names.queue(Routing.REVIEW), names.correctionsSubmitted(), names.corrections(), names.claims());
        this.follower = new DeskFollower(
                consumer,
                new DeskFollower.Reading(topics, names.scored(), limits.maxRecent(), limits.window()),
                view,
                this::changed,
                InstantSource.system());
    }

    /** Starts to read the topics. */
    public void start() {
        follower.start();
    }

    /** Why it cannot answer with what the topics say now; empty if it can. */
    public Optional<String> problem() {
        return follower.problem();
    }

    /** Tells of every change from now on. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    private void changed(Changes changes) {
        changes.claim().ifPresent(claims::read);
        changes.said().ifPresent(decisions::read);
        changes.tickets().forEach(change -> {
            listeners.forEach(listener -> listener.changed(change));
        });
    }

    /** Open tickets, oldest first, from the one after {@code after} on. */
    public ReviewPage review(ReviewQuery query, Person person) {
        ReviewFilter filter = view.read(state -> query.filter(state.open()));
        if (filter.wantsAll()) {
            return view.read(state -> page(state.open().stream(), state.open().size(), query, state, person));
        }
        List<OpenTicket> ofKind = view.read(
                state -> state.open().stream().filter(filter::isOfKind).toList());
        List<OpenTicket> matching = ofKind.stream().filter(filter::hasWords).toList();
        return view.read(state -> page(matching.stream(), matching.size(), query, state, person));
    }

    private ReviewPage page(Stream<OpenTicket> matching, int count, ReviewQuery query, State state, Person person) {
        List<OpenTicket> rest =
                matching.filter(query::isAfter).limit(query.limit() + 1L).toList();
        List<OpenTicket> page = rest.subList(0, Math.min(query.limit(), rest.size()));
        return new ReviewPage(
                state.open().size(),
                count,
                state.open().dropped(),
                oldest(state),
                counts(state),
                page.stream().map(open -> reader.summary(open, state, person)).toList(),
                page.size() < rest.size()
                        ? Optional.of(ReviewQuery.cursor(page.get(page.size() - 1)))
                        : Optional.empty());
    }

    private static Optional<Instant> oldest(State state) {
        return state.open().first(open -> true).map(open -> open.ticket().at());
    }

    private static ReviewPage.Counts counts(State state) {
        return new ReviewPage.Counts(
                state.open().countBySuggestion(), state.open().countByReason());
    }

    /** How many open tickets there are, by queue and by reason. */
    public ReviewPage.Counts counts() {
        return view.read(Desk::counts);
    }

    /** Everything about a ticket. */
    public Optional<TicketDetail> ticket(String id, Person person) {
        return view.read(state -> state.open()
                .find(id)
                .map(OpenTicket::ticket)
                .or(() -> state.recent().find(id))
                .map(ticket -> reader.detail(ticket, state, person)));
    }

    /** What a scored ticket that is on no topic would look like. */
    public TicketDetail tried(byte[] scored) throws IOException {
        return reader.tried(scored);
    }

    /** Claims a ticket, or renews this person's claim on it. */
    public ClaimOutcome claim(String id, Person person) throws NotAcknowledgedException {
        return claims.claim(id, person);
    }

    /** Claims the oldest ticket that is wanted and free, and returns it. */
    public Optional<TicketDetail> claimNext(ReviewQuery query, Set<String> skip, Person person)
            throws NotAcknowledgedException {
        ReviewFilter filter = view.read(state -> query.filter(state.open()));
        return claims.claimNext(filter, skip, person).flatMap(id -> ticket(id, person));
    }

    /** Gives this person's claim on a ticket back. */
    public void release(String id, Person person) throws NotAcknowledgedException {
        claims.release(id, person);
    }

    /** Writes a decision and returns once the topic has it; {@code key} is the same where it is sent again. */
    public DecisionOutcome decide(Decision decision, Person person, String key) throws NotAcknowledgedException {
        return decisions.decide(decision, person, key);
    }

    /** Tickets of the last days by id or words, newest first. */
    public Found search(String query, int limit, Person person) {
        Words words = Words.of(query);
        List<RoutedTicket> all = view.read(state -> Stream.concat(
                        state.recent().stream(), state.open().stream().map(OpenTicket::ticket))
                .toList());
        // Reading thousands of tickets takes a second; others must not wait for it.
        Set<String> seen = new HashSet<>();
        List<RoutedTicket> found = all.stream()
                .sorted(Comparator.comparing(RoutedTicket::at).reversed())
                .filter(words::matches)
                .filter(ticket -> seen.add(ticket.id()))
                .limit(limit)
                .toList();
        Optional<Instant> since = all.stream().map(RoutedTicket::at).min(Comparator.naturalOrder());
        return view.read(state -> new Found(
                found.stream()
                        .map(ticket -> reader.summary(ticket, state, person))
                        .toList(),
                all.size(),
                since));
    }

    /** Some of the tickets that the model decided alone and nobody has judged, always the same ones of a set. */
    public List<TicketSummary> spotChecks(int limit, Person person) {
        return view.read(state -> state.recent().stream()
                .filter(ticket -> !ticket.queue().equals(Routing.REVIEW)
                        && state.submissions().of(ticket.id()).isEmpty())
                .sorted(Comparator.comparingInt(ticket -> scatter(ticket.id())))
                .limit(limit)
                .map(ticket -> reader.summary(ticket, state, person))
                .toList());
    }

    /** The same for equal ids, and without an order among others. */
    private static int scatter(String id) {
        return id.hashCode() * 0x9E3779B9;
    }

    /** How things went during a time that ends now. */
    public DeskStats stats(Duration window, Vitals vitals) {
        Instant since = Instant.now().minus(window);
        return view.read(state -> {
            Traffic.Summary traffic = state.traffic().since(since);
            Instant first = traffic.perMinute().isEmpty()
                    ? since
                    : traffic.perMinute().get(0).at();
            return new DeskStats(
                    window.toString(),
                    first.isAfter(since) ? first : since,
                    new DeskStats.Tickets(traffic.total(), traffic.perQueue(), traffic.perMinute()),
                    new DeskStats.Review(
                            traffic.total() == 0 ? null : (double) traffic.reviewed() / traffic.total(),
                            traffic.reasons(),
                            state.open().size(),
                            state.submissions().decided(),
                            state.open().dropped(),
                            oldest(state)),
                    traffic.confidence(),
                    state.agreement().byHead(since),
                    state.agreement().byPerson(since),
                    proposed(state),
                    traffic.models(),
                    model.current().version(),
                    vitals);
        });
    }

    private static List<ProposedLabel> proposed(State state) {
        Map<Map.Entry<String, String>, Long> counts = state.submissions().stream()
                .filter(said -> said.status() == Submission.Status.VALID)
                .flatMap(said -> said.proposed().entrySet().stream())
                .collect(Collectors.groupingBy(
                        proposal -> Map.entry(proposal.getKey(), proposal.getValue()),
                        () -> new TreeMap<>(
                                Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue())),
                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(label -> new ProposedLabel(
                        label.getKey().getKey(), label.getKey().getValue(), label.getValue()))
                .toList();
    }

    /** How many tickets have been routed since the desk began to read. */
    public long routed() {
        return view.read(state -> state.traffic().total());
    }

    /** How many open tickets there are, for a meter. */
    public int open() {
        return view.read(state -> state.open().size());
    }

    /** How many open tickets were dropped because there were too many, for a meter. */
    public long dropped() {
        return view.read(state -> state.open().dropped());
    }

    @Override
    public void close() {
        follower.close();
        writer.close();
    }
}
