package io.tickettriage.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;

/** An OpenAPI document, to hold answers against. */
record OpenApiDocument(JsonNode document) {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static OpenApiDocument of(JsonNode document) {
        return new OpenApiDocument(document);
    }

    List<String> paths() {
        return document.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is wrong with an answer: its status is not foreseen, or its body is not as described. */
    List<String> problems(String method, String path, int status, String body) {
        JsonNode response = operation(method, path).path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            return List.of("the status " + status + " is not foreseen");
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("there should be no body");
        }
        ObjectNode schema = content.elements().next().path("schema").deepCopy();
        schema.set("components", document.path("components"));
        return REGISTRY.getSchema(schema.toString()).validate(body, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    private JsonNode operation(String method, String path) {
        JsonNode exact = document.path("paths").path(path).path(method);
        return exact.isMissingNode()
                ? document.path("paths")
                        .path(path.substring(0, path.lastIndexOf('/')) + "/{id}")
                        .path(method)
                : exact;
    }
}
