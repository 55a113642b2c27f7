package io.tickettriage.desk.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.UnauthorizedResponse;
import io.tickettriage.desk.ClaimOutcome;
import io.tickettriage.desk.Decision;
import io.tickettriage.desk.DecisionOutcome;
import io.tickettriage.desk.Desk;
import io.tickettriage.desk.DeskStats;
import io.tickettriage.desk.HeldClaim;
import io.tickettriage.desk.NotAcknowledgedException;
import io.tickettriage.desk.Person;
import io.tickettriage.desk.ReviewQuery;
import io.tickettriage.desk.TicketDetail;
import io.tickettriage.desk.TicketSummary;
import io.tickettriage.format.Json;
import io.tickettriage.http.Problem;
import io.tickettriage.http.Routes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the desk answers: the page, and the JSON it is made of. {@code openapi.json} describes it. */
public final class DeskRoutes implements Routes, AutoCloseable {
    private static final String API = "/api/";
    private static final String EVENTS = API + "events";
    private static final String VISITOR = "visitor";
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_KEY_CHARACTERS = 100;
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    private final Desk desk;
    private final DeskServices services;
    private final RequestGuard guard;
    private final DeskPage page;
    private final Learning learning;
    private final DeskEvents events;
    private final byte[] openApi;

    private record Session(
            Access authentication, Optional<String> name, Visitor.Role role, boolean learn, String version) {}

    private record Next(String queue, String reason, String q, List<String> skip) {}

    private record NextTicket(TicketDetail ticket) {}

    private record Tickets(List<TicketSummary> tickets) {}

    /** Routes of a desk. */
    public DeskRoutes(Desk desk, DeskServices services) throws IOException {
        this.desk = desk;
        this.services = services;
        this.guard = new RequestGuard(services.access() instanceof Access.Names);
        this.page = DeskPage.load();
        this.learning = new Learning(services.learnCommand());
        Supplier<Optional<Learning.Progress>> progress =
                () -> Optional.of(learning.progress()).filter(now -> now.state() != Learning.State.IDLE);
        this.events = new DeskEvents(desk, () -> services.model().get().version(), progress);
        this.openApi = DeskPage.read("desk/openapi.json");
        desk.addListener(events);
    }

    @Override
    public List<String> streams() {
        return List.of(EVENTS);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        page.addTo(routes);
        routes.before(API + "*", this::admit);
        get(routes, "openapi.json", request -> request.contentType("application/json")
                .result(openApi));
        get(routes, "session", this::session);
        get(
                routes,
                "taxonomy",
                request -> request.json(DeskTaxonomy.of(services.model().get(), services.taxonomy())));
        get(
                routes,
                "review",
                request -> request.json(
                        desk.review(query(request), visitor(request).person())));
        get(
                routes,
                "tickets/{id}",
                request -> request.json(
                        desk.ticket(request.pathParam("id"), visitor(request).person())
                                .orElseThrow(DeskRoutes::unknown)));
        get(
                routes,
                "search",
                request -> request.json(desk.search(
                        text(request, "q"), limit(request), visitor(request).person())));
        get(
                routes,
                "spot-checks",
                request -> request.json(new Tickets(
                        desk.spotChecks(limit(request), visitor(request).person()))));
        get(routes, "stats", request -> request.json(stats(request)));
        get(routes, "learn", request -> request.json(possibleLearning().progress()));
        routes.post(API + "learn", this::learn);
        routes.post(API + "try", this::tryOut);
        routes.post(API + "claims", this::claimNext);
        routes.post(API + "claims/{id}", this::claim);
        routes.delete(API + "claims/{id}", this::release);
        routes.post(API + "corrections", this::decide);
        routes.before(EVENTS, request -> {
            if (!events.hasRoom()) {
                throw new ServiceUnavailableResponse("Too many windows are open");
            }
        });
        routes.sse(EVENTS, events::serve);
        routes.exception(
                NotAcknowledgedException.class,
                (e, request) -> problem(
                        request,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        e.getMessage() + "; send it again with the same Idempotency-Key, it will count once"));
    }

    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(API + path, handler).head(API + path, handler);
    }

    private void admit(Context request) {
        Visitor visitor = services.access().visitor(request);
        guard.check(request, visitor);
        request.attribute(VISITOR, visitor);
    }

    private static Visitor visitor(Context request) {
        Visitor visitor = request.attribute(VISITOR);
        if (visitor == null) {
            throw new UnauthorizedResponse("Nobody has said who this is");
        }
        return visitor;
    }

    /** Who changes something: that must be known. */
    private static Person person(Context request) {
        Visitor visitor = visitor(request);
        if (visitor.name().isEmpty()) {
            throw new UnauthorizedResponse("Say who you are in the header " + Access.NAME);
        }
        return visitor.person();
    }

    private void session(Context request) {
        Visitor visitor = visitor(request);
        boolean learn = learning.isPossible() && visitor.role() == Visitor.Role.OPERATOR;
        request.json(new Session(services.access(), visitor.name(), visitor.role(), learn, services.version()));
    }

    private static ReviewQuery query(Context request) {
        return new ReviewQuery(
                given(request, "queue"),
                given(request, "reason"),
                text(request, "q"),
                given(request, "like"),
                given(request, "after"),
                limit(request));
    }

    private static Optional<String> given(Context request, String name) {
        return Optional.of(text(request, name)).filter(value -> !value.isEmpty());
    }

    private static String text(Context request, String name) {
        String value = request.queryParam(name);
        return value == null ? "" : value;
    }

    private static int limit(Context request) {
        String given = text(request, "limit");
        if (given.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (!given.matches("\\d{1,6}") || Integer.parseInt(given) < 1) {
            throw new BadRequestResponse("limit is a number from 1 to " + MAX_LIMIT);
        }
        return Math.min(MAX_LIMIT, Integer.parseInt(given));
    }

    private DeskStats stats(Context request) {
        String given = text(request, "window");
        try {
            Duration window = Duration.parse(given.isEmpty() ? "PT1H" : given);
            if (window.compareTo(Duration.ZERO) > 0 && window.compareTo(LONGEST_WINDOW) <= 0) {
                return desk.stats(window, services.vitals().get());
            }
        } catch (DateTimeException e) {
            // It is answered as any other window that cannot be had.
        }
        throw new BadRequestResponse("window is an ISO 8601 duration up to " + LONGEST_WINDOW + ", such as PT1H");
    }

    private Learning possibleLearning() {
        if (!learning.isPossible()) {
            throw new NotFoundResponse("There is no command to learn with: triage.desk.learn.command is not set");
        }
        return learning;
    }

    private void learn(Context request) throws IOException {
        Person unused = person(request);
        if (visitor(request).role() != Visitor.Role.OPERATOR) {
            throw new ForbiddenResponse("Only an operator may publish a model");
        }
        if (!possibleLearning().start()) {
            throw new ConflictResponse("It is learning already");
        }
        request.status(HttpStatus.ACCEPTED).json(learning.progress());
    }

    private void tryOut(Context request) throws IOException {
        DeskServices.Tried tried = services.scorer().score(request.bodyAsBytes());
        if (tried instanceof DeskServices.Tried.Rejected rejected) {
            problem(request, HttpStatus.BAD_REQUEST, rejected.reason() + ": " + rejected.detail());
        } else if (tried instanceof DeskServices.Tried.Scored scored) {
            request.json(desk.tried(scored.json()));
        }
    }

    private void claimNext(Context request) throws NotAcknowledgedException {
        Next next = body(tree(request), Next.class);
        ReviewQuery query = new ReviewQuery(
                given(next, Next::queue),
                given(next, Next::reason),
                given(next, Next::q).orElse(""),
                Optional.empty(),
                Optional.empty(),
                1);
        Set<String> skip = new HashSet<>(next.skip() == null ? List.of() : next.skip());
        Optional<TicketDetail> ticket = desk.claimNext(query, skip, person(request));
        if (ticket.isPresent()) {
            request.json(new NextTicket(ticket.get()));
        } else {
            request.status(HttpStatus.NO_CONTENT);
        }
    }

    private static Optional<String> given(Next next, Function<Next, String> field) {
        return Optional.ofNullable(field.apply(next)).filter(value -> !value.isEmpty());
    }

    private void claim(Context request) throws NotAcknowledgedException {
        ClaimOutcome outcome = desk.claim(request.pathParam("id"), person(request));
        if (outcome instanceof ClaimOutcome.Granted granted) {
            request.json(granted.claim());
        } else {
            refuse(request, outcome);
        }
    }

    private void release(Context request) throws NotAcknowledgedException {
        desk.release(request.pathParam("id"), person(request));
        request.status(HttpStatus.NO_CONTENT);
    }

    private void decide(Context request) throws NotAcknowledgedException {
        Person person = person(request);
        String given = request.header("Idempotency-Key");
        String key = given == null || given.isBlank() ? UUID.randomUUID().toString() : given;
        if (key.length() > MAX_KEY_CHARACTERS) {
            throw new BadRequestResponse("Idempotency-Key is longer than " + MAX_KEY_CHARACTERS + " characters");
        }
        JsonNode json = tree(request);
        if (!json.has("labels") && !json.has("proposed")) {
            throw new BadRequestResponse("labels is missing: an object of head: label, or null to take all back");
        }
        Decision decision = body(json, Decision.class);
        DecisionOutcome outcome = desk.decide(json.has("labels") ? decision : decision.proposing(), person, key);
        if (outcome instanceof DecisionOutcome.Accepted accepted) {
            request.status(accepted.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                    .json(accepted);
        } else if (outcome instanceof DecisionOutcome.Invalid invalid) {
            problem(request, HttpStatus.BAD_REQUEST, invalid.detail(), "reason", invalid.reason());
        } else if (outcome instanceof DecisionOutcome.Refused refused) {
            refuse(request, refused.why());
        }
    }

    private static void refuse(Context request, ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Taken taken) {
            HeldClaim claim = taken.claim();
            problem(request, HttpStatus.CONFLICT, claim.by() + " is deciding this ticket", "claim", claim);
        } else if (outcome instanceof ClaimOutcome.Closed closed) {
            String detail = closed.decided().by() + " has decided this ticket";
            problem(request, HttpStatus.CONFLICT, detail, "decided", closed.decided());
        } else {
            throw unknown();
        }
    }

    private static NotFoundResponse unknown() {
        return new NotFoundResponse(
                "The desk knows no such ticket; it may be too old, ./triage audit reads further back");
    }

    private static JsonNode tree(Context request) {
        try {
            return Json.tree(request.body());
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("The body is not JSON");
        }
    }

    private static <T> T body(JsonNode json, Class<T> type) {
        try {
            if (json.isObject()) {
                return Json.MAPPER.treeToValue(json, type);
            }
            throw new IllegalArgumentException("no object");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new BadRequestResponse("The body has not the fields that are expected here; see api/openapi.json");
        }
    }

    private static void problem(Context request, HttpStatus status, String detail) {
        request.status(status).json(Problem.of(status, detail)).contentType(Problem.CONTENT_TYPE);
    }

    private static void problem(Context request, HttpStatus status, String detail, String name, Object value) {
        ObjectNode problem = Json.MAPPER.<ObjectNode>valueToTree(Problem.of(status, detail));
        request.status(status).json(problem.putPOJO(name, value)).contentType(Problem.CONTENT_TYPE);
    }

    @Override
    public void close() {
        events.close();
        learning.close();
    }
}
