package io.tickettriage.http;

import io.javalin.http.HttpStatus;

/** A problem document of RFC 9457. */
public record Problem(String type, String title, int status, String detail) {
    /** The media type of such a document. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** The document of a status, with a detail for people. */
    public static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getMessage(), status.getCode(), detail);
    }
}
