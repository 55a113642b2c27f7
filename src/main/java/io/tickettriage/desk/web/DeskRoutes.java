package io.tickettriage.desk.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.tickettriage.desk.Desk;
import io.tickettriage.desk.DeskStats;
import io.tickettriage.desk.Person;
import io.tickettriage.desk.ReviewQuery;
import io.tickettriage.desk.TicketSummary;
import io.tickettriage.http.Routes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the desk answers: the page, and the JSON it is made of. {@code openapi.json} describes it. */
public final class DeskRoutes implements Routes, AutoCloseable {
    private static final String API = "/api/";
    private static final String EVENTS = API + "events";
    private static final String EVENT_STREAM = "text/event-stream";
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
        routes.get(API + "openapi.json", request -> request.contentType("application/json")
                .result(openApi));
        get(routes, "session", this::session);
        get(routes, "taxonomy", request -> DeskTaxonomy.of(services.model().get(), services.taxonomy()));
        get(routes, "review", request -> desk.review(query(request), request.looker()));
        get(routes, "tickets/{id}", request -> desk.ticket(request.id(), request.looker())
                .orElseThrow(ReviewRoutes::unknown));
        get(routes, "search", request -> desk.search(request.text("q"), request.limit(), request.looker()));
        get(routes, "spot-checks", request -> new Tickets(desk.spotChecks(request.limit(), request.looker())));
        get(routes, "stats", this::stats);
        get(routes, "learn", request -> possibleLearning().progress());
        routes.post(API + "learn", this::learn);
        routes.post(API + "try", this::tryOut);
        new ReviewRoutes(desk).addTo(routes);
        routes.before(EVENTS, request -> {
            String accept = request.header(Header.ACCEPT);
            if (accept == null || !accept.contains(EVENT_STREAM)) {
                throw new HttpResponseException(
                        HttpStatus.NOT_ACCEPTABLE.getCode(),
                        "Events are sent as " + EVENT_STREAM + ": ask for it in Accept");
            }
            if (!events.hasRoom()) {
                throw new ServiceUnavailableResponse("Too many windows are open");
            }
        });
        routes.sse(EVENTS, events::serve);
    }

    /** What is asked for, to be written as JSON. */
    private interface Reading {
        Object of(DeskRequest request);
    }

    private static void get(RoutesConfig routes, String path, Reading reading) {
        Handler handler = context -> context.json(reading.of(new DeskRequest(context)));
        routes.get(API + path, handler).head(API + path, handler);
    }

    private void admit(Context request) {
        Visitor visitor = services.access().visitor(request);
        guard.check(request, visitor);
        new DeskRequest(request).admit(visitor);
    }

    private Session session(DeskRequest request) {
        Visitor visitor = request.visitor();
        boolean learn = learning.isPossible() && visitor.role() == Visitor.Role.OPERATOR;
        return new Session(services.access(), visitor.name(), visitor.role(), learn, services.version());
    }

    private static ReviewQuery query(DeskRequest request) {
        return new ReviewQuery(
                request.given("queue"),
                request.given("reason"),
                request.text("q"),
                request.given("like"),
                request.given("after"),
                request.limit());
    }

    private DeskStats stats(DeskRequest request) {
        String given = request.text("window");
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

    private void learn(Context context) throws IOException {
        DeskRequest request = new DeskRequest(context);
        Person unused = request.person();
        if (request.visitor().role() != Visitor.Role.OPERATOR) {
            throw new ForbiddenResponse("Only an operator may publish a model");
        }
        if (!possibleLearning().start()) {
            throw new ConflictResponse("It is learning already");
        }
        context.status(HttpStatus.ACCEPTED).json(learning.progress());
    }

    private void tryOut(Context request) throws IOException {
        DeskServices.Tried tried = services.scorer().score(request.bodyAsBytes());
        if (tried instanceof DeskServices.Tried.Rejected rejected) {
            new DeskRequest(request).problem(HttpStatus.BAD_REQUEST, rejected.reason() + ": " + rejected.detail());
        } else if (tried instanceof DeskServices.Tried.Scored scored) {
            request.json(desk.tried(scored.json()));
        }
    }

    @Override
    public void close() {
        events.close();
        learning.close();
    }
}
