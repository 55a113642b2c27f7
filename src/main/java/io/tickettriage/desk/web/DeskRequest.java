package io.tickettriage.desk.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UnauthorizedResponse;
import io.tickettriage.desk.Person;
import io.tickettriage.format.Json;
import io.tickettriage.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A request of the API: who sends it, its parameters and body, and problem documents in answer to it. */
record DeskRequest(Context context) {
    private static final String VISITOR = "visitor";
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;

    /** From now on, who sends it is known. */
    void admit(Visitor visitor) {
        context.attribute(VISITOR, visitor);
    }

    Visitor visitor() {
        Visitor visitor = context.attribute(VISITOR);
        if (visitor == null) {
            throw new UnauthorizedResponse("Nobody has said who this is");
        }
        return visitor;
    }

    /** Who changes something: that must be known. */
    Person person() {
        Visitor visitor = visitor();
        if (visitor.name().isEmpty()) {
            throw new UnauthorizedResponse("Say who you are in the header " + Access.NAME);
        }
        return visitor.person();
    }

    /** Who looks at something; without a name where nobody has said it. */
    Person looker() {
        return visitor().person();
    }

    /**
     * The id of the ticket that the path names: as it is, or {@code =} and its base64url. Browsers and servers do not leave
     * every segment of a path as it is, such as {@code ..} or a backslash.
     */
    String id() {
        String given = context.pathParam("id");
        try {
            return given.startsWith("=")
                    ? new String(Base64.getUrlDecoder().decode(given.substring(1)), StandardCharsets.UTF_8)
                    : given;
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("What follows = in a path is the base64url of a ticket's id");
        }
    }

    Optional<String> given(String name) {
        return Optional.of(text(name)).filter(value -> !value.isEmpty());
    }

    String text(String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value;
    }

    int limit() {
        String given = text("limit");
        if (given.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (!given.matches("\\d{1,6}") || Integer.parseInt(given) < 1) {
            throw new BadRequestResponse("limit is a number from 1 to " + MAX_LIMIT);
        }
        return Math.min(MAX_LIMIT, Integer.parseInt(given));
    }

    JsonNode tree() {
        try {
            return Json.tree(context.body());
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("The body is not JSON");
        }
    }

    <T> T body(JsonNode json, Class<T> type) {
        try {
            if (json.isObject()) {
                return Json.MAPPER.treeToValue(json, type);
            }
            throw new IllegalArgumentException("no object");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new BadRequestResponse("The body has not the fields that are expected here; see api/openapi.json");
        }
    }

    void problem(HttpStatus status, String detail) {
        context.status(status).json(Problem.of(status, detail)).contentType(Problem.CONTENT_TYPE);
    }

    void problem(HttpStatus status, String detail, String name, Object value) {
        ObjectNode problem = Json.MAPPER.<ObjectNode>valueToTree(Problem.of(status, detail));
        context.status(status).json(problem.putPOJO(name, value)).contentType(Problem.CONTENT_TYPE);
    }
}
