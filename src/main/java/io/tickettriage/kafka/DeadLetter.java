package io.tickettriage.kafka;

import static io.tickettriage.kafka.HeaderNames.set;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rejected record as the DLQ gets it: original key, value and headers, with the reason and the position it came from,
 * under Kafka Streams' own header names where there are any.
 *
 * <p>Compression lets a record through a topic that is far larger uncompressed; one that could not be forwarded whole is
 * cut to the limits of {@link SizeLimits}, and a header says how large it was.
 */
public record DeadLetter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetter.class);
    private static final String QUARANTINED = "QUARANTINED";
    // Two varints: the lengths of the header's key and value.
    private static final int HEADER_LENGTHS_BYTES = 2 * 5;

    /**
     * The most bytes that a record's key and headers take, uncompressed, as Kafka writes them: an empty header takes some,
     * too, and millions of them compress to nothing.
     */
    public static long envelopeBytes(byte @Nullable [] key, Headers headers) {
        long bytes = key == null ? 0 : key.length;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += HEADER_LENGTHS_BYTES + Utils.utf8Length(header.key()) + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    /** The dead letter of a record, and the one log line about it. Where the headers fit, they are changed in place. */
    public static DeadLetter of(
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers original,
            SourcePosition source,
            String reason,
            String detail) {
        boolean envelopeFits = envelopeBytes(key, original) <= SizeLimits.ENVELOPE_BYTES;
        Headers headers = envelopeFits ? original : new RecordHeaders();
        describe(headers, source, reason, detail);
        headers.remove(HeaderNames.ORIGINAL_SIZE);
        if (value != null && value.length > SizeLimits.DEAD_LETTER_BYTES) {
            set(headers, HeaderNames.ORIGINAL_SIZE, Integer.toString(value.length));
        }
        return new DeadLetter(cut(key, SizeLimits.ENVELOPE_BYTES), cut(value, SizeLimits.DEAD_LETTER_BYTES), headers);
    }

    /** What stands for a record that is passed by unread: its position and the reason, no key, no value; and its log line. */
    public static DeadLetter stub(SourcePosition source, String detail) {
        Headers headers = new RecordHeaders();
        describe(headers, source, QUARANTINED, detail);
        return new DeadLetter(null, null, headers);
    }

    private static void describe(Headers headers, SourcePosition source, String reason, String detail) {
        LOG.atWarn().addKeyValue("reason", reason).log("rejected {}: {}: {}", source, reason, detail);
        set(headers, HeaderNames.REJECT_REASON, reason);
        set(headers, HeaderNames.ERROR_EXCEPTION, reason);
        set(headers, HeaderNames.ERROR_MESSAGE, detail);
        set(headers, HeaderNames.ERROR_TOPIC, source.topic());
        set(headers, HeaderNames.ERROR_PARTITION, Integer.toString(source.partition()));
        set(headers, HeaderNames.ERROR_OFFSET, Long.toString(source.offset()));
    }

    /** The dead letter as a topology forwards it. */
    public Record<byte[], byte[]> at(long timestamp) {
        return new Record<>(key, value, timestamp, headers);
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int limit) {
        return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }
}
