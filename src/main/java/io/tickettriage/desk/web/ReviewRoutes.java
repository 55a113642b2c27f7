package io.tickettriage.desk.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.tickettriage.desk.ClaimOutcome;
import io.tickettriage.desk.Decision;
import io.tickettriage.desk.DecisionOutcome;
import io.tickettriage.desk.Desk;
import io.tickettriage.desk.HeldClaim;
import io.tickettriage.desk.NotAcknowledgedException;
import io.tickettriage.desk.Person;
import io.tickettriage.desk.ReviewQuery;
import io.tickettriage.desk.TicketDetail;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** What people do: claim tickets, give them back, decide them. */
record ReviewRoutes(Desk desk) {
    private static final int MAX_KEY_CHARACTERS = 100;

    private record Next(String queue, String reason, String q, List<String> skip) {}

    private record NextTicket(TicketDetail ticket) {}

    void addTo(RoutesConfig routes) {
        routes.post("/api/claims", this::claimNext);
        routes.post("/api/claims/{id}", this::claim);
        routes.delete("/api/claims/{id}", this::release);
        routes.post("/api/corrections", this::decide);
        routes.exception(NotAcknowledgedException.class, (e, context) -> new DeskRequest(context)
                .problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        e.getMessage() + "; send it again with the same Idempotency-Key, it will count once"));
    }

    private void claimNext(Context context) throws NotAcknowledgedException {
        DeskRequest request = new DeskRequest(context);
        Next next = request.body(request.tree(), Next.class);
        ReviewQuery query = new ReviewQuery(
                given(next, Next::queue),
                given(next, Next::reason),
                given(next, Next::q).orElse(""),
                Optional.empty(),
                Optional.empty(),
                1);
        Set<String> skip = new HashSet<>(next.skip() == null ? List.of() : next.skip());
        Optional<TicketDetail> ticket = desk.claimNext(query, skip, request.person());
        if (ticket.isPresent()) {
            context.json(new NextTicket(ticket.get()));
        } else {
            context.status(HttpStatus.NO_CONTENT);
        }
    }

    private static Optional<String> given(Next next, Function<Next, String> field) {
        return Optional.ofNullable(field.apply(next)).filter(value -> !value.isEmpty());
    }

    private void claim(Context context) throws NotAcknowledgedException {
        DeskRequest request = new DeskRequest(context);
        ClaimOutcome outcome = desk.claim(request.id(), request.person());
        if (outcome instanceof ClaimOutcome.Granted granted) {
            context.json(granted.claim());
        } else {
            refuse(request, outcome);
        }
    }

    private void release(Context context) throws NotAcknowledgedException {
        DeskRequest request = new DeskRequest(context);
        desk.release(request.id(), request.person());
        context.status(HttpStatus.NO_CONTENT);
    }

    private void decide(Context context) throws NotAcknowledgedException {
        DeskRequest request = new DeskRequest(context);
        Person person = request.person();
        String given = context.header("Idempotency-Key");
        String key = given == null || given.isBlank() ? UUID.randomUUID().toString() : given;
        if (key.length() > MAX_KEY_CHARACTERS) {
            throw new BadRequestResponse("Idempotency-Key is longer than " + MAX_KEY_CHARACTERS + " characters");
        }
        JsonNode json = request.tree();
        if (!json.has("labels") && !json.has("proposed")) {
            throw new BadRequestResponse("labels is missing: an object of head: label, or null to take all back");
        }
        Decision decision = request.body(json, Decision.class);
        DecisionOutcome outcome = desk.decide(json.has("labels") ? decision : decision.proposing(), person, key);
        if (outcome instanceof DecisionOutcome.Accepted accepted) {
            context.status(accepted.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                    .json(accepted);
        } else if (outcome instanceof DecisionOutcome.Invalid invalid) {
            request.problem(HttpStatus.BAD_REQUEST, invalid.detail(), "reason", invalid.reason());
        } else if (outcome instanceof DecisionOutcome.Refused refused) {
            refuse(request, refused.why());
        }
    }

    private static void refuse(DeskRequest request, ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Taken taken) {
            HeldClaim claim = taken.claim();
            request.problem(HttpStatus.CONFLICT, claim.by() + " is deciding this ticket", "claim", claim);
        } else if (outcome instanceof ClaimOutcome.Closed closed) {
            String detail = closed.decided().by() + " has decided this ticket";
            request.problem(HttpStatus.CONFLICT, detail, "decided", closed.decided());
        } else {
            throw unknown();
        }
    }

    /** The answer where no ticket is meant. */
    static NotFoundResponse unknown() {
        return new NotFoundResponse(
                "The desk knows no such ticket; it may be too old, ./triage audit reads further back");
    }
}
