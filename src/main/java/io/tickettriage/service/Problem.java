package io.tickettriage.service;

import io.javalin.http.HttpStatus;

/** A problem document of RFC 9457. */
record Problem(String type, String title, int status, String detail) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getMessage(), status.getCode(), detail);
    }
}
