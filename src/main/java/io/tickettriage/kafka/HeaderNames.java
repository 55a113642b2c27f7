package io.tickettriage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The record headers of the contract, and how their texts are read and set. */
public final class HeaderNames {
    /** The model that scored the ticket. */
    public static final String MODEL_VERSION = "triage-model-version";

    /** The queue the ticket was sent to. */
    public static final String QUEUE = "triage-queue";

    /** Why a person should look: reasons, separated by commas. */
    public static final String REVIEW_REASON = "triage-review-reason";

    /** What comes before a head's name in the header with its label. */
    public static final String HEAD_PREFIX = "triage-";

    /** Why a record was rejected. */
    public static final String REJECT_REASON = "triage-reject-reason";

    /** How many bytes a value had that was cut. */
    public static final String ORIGINAL_SIZE = "triage-original-size";

    /** Says that the value is the text itself where it begins with {@code text/plain}. */
    public static final String CONTENT_TYPE = "content-type";

    // Kafka Streams' own names for what is known about a dead letter.
    private static final String ERRORS = "__streams.errors.";

    /** The class of the failure; here the reason for the rejection. */
    public static final String ERROR_EXCEPTION = ERRORS + "exception";

    /** What exactly was wrong. */
    public static final String ERROR_MESSAGE = ERRORS + "message";

    /** The topic the record was read from. */
    public static final String ERROR_TOPIC = ERRORS + "topic";

    /** The partition the record was read from. */
    public static final String ERROR_PARTITION = ERRORS + "partition";

    /** The offset the record was read from. */
    public static final String ERROR_OFFSET = ERRORS + "offset";

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
