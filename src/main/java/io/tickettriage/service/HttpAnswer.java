package io.tickettriage.service;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a route answers.
 *
 * @param status of HTTP, such as 200
 * @param contentType of the body
 * @param body may be empty
 */
public record HttpAnswer(int status, String contentType, byte[] body) {
    /** An answer in JSON. */
    public static HttpAnswer json(int status, String json) {
        return new HttpAnswer(status, "application/json", json.getBytes(UTF_8));
    }

    /** An answer in plain text, for people. */
    public static HttpAnswer text(int status, String text) {
        return new HttpAnswer(status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
    }
}
