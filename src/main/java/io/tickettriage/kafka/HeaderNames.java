package io.tickettriage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The record headers of the contract, and how their texts are read and set. */
public final class HeaderNames {
    public static final String MODEL_VERSION = "triage-model-version";
    // On a pointer of the models topic: the checksum of the artifact it means.
    public static final String MODEL_SHA256 = "triage-model-sha256";
    public static final String QUEUE = "triage-queue";
    // Reasons, separated by commas.
    public static final String REVIEW_REASON = "triage-review-reason";
    // Before a head's name, in the header with its label.
    public static final String HEAD_PREFIX = "triage-";
    public static final String REJECT_REASON = "triage-reject-reason";
    // The bytes of a value that was cut.
    public static final String ORIGINAL_SIZE = "triage-original-size";
    // Says that the value is the text itself where it begins with text/plain.
    public static final String CONTENT_TYPE = "content-type";

    // Kafka Streams' own names: the failure, here the reason for the rejection, and where the record was read.
    public static final String ERROR_EXCEPTION = "__streams.errors.exception";
    public static final String ERROR_MESSAGE = "__streams.errors.message";
    public static final String ERROR_TOPIC = "__streams.errors.topic";
    public static final String ERROR_PARTITION = "__streams.errors.partition";
    public static final String ERROR_OFFSET = "__streams.errors.offset";

    private HeaderNames() {}

    /** The text of the last header of that name; empty where there is none. */
    public static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    /** Sets a header, in place of all of its name. */
    public static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
