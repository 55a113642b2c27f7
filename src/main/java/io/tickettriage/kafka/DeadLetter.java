package io.tickettriage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record on its way to the DLQ: original key, value and headers, with the reason and the position it came from, under
 * Kafka Streams' own header names where there are any.
 *
 * <p>Compression lets a record through a topic that is far larger uncompressed; one that could not be forwarded whole is
 * cut, and a header says how large it was.
 */
public final class DeadLetter {
    /** The most a record's key and headers may take to be forwarded. */
    public static final int MAX_ENVELOPE_BYTES = 256 * 1024;

    private static final int MAX_VALUE_BYTES = 1024 * 1024;
    private static final String REASON = "triage-reject-reason";
    private static final String ORIGINAL_SIZE = "triage-original-size";
    private static final String ERRORS = "__streams.errors.";
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetter.class);

    private DeadLetter() {}

    /** The bytes of a record's key and headers, uncompressed. */
    public static int envelopeBytes(Record<byte[], byte[]> record) {
        int bytes = record.key() == null ? 0 : record.key().length;
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** The dead letter of a record, and the one log line about it. */
    public static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, Optional<RecordMetadata> source, String reason, String detail) {
        String topic = source.map(RecordMetadata::topic).orElse("unknown");
        int partition = source.map(RecordMetadata::partition).orElse(-1);
        long offset = source.map(RecordMetadata::offset).orElse(-1L);
        LOG.warn("rejected {}-{}@{}: {}: {}", topic, partition, offset, reason, detail);

        boolean envelopeFits = envelopeBytes(record) <= MAX_ENVELOPE_BYTES;
        Headers headers = envelopeFits ? record.headers() : new RecordHeaders();
        set(headers, REASON, reason);
        set(headers, ERRORS + "exception", reason);
        set(headers, ERRORS + "message", detail);
        set(headers, ERRORS + "topic", topic);
        set(headers, ERRORS + "partition", Integer.toString(partition));
        set(headers, ERRORS + "offset", Long.toString(offset));
        headers.remove(ORIGINAL_SIZE);
        byte[] value = record.value();
        if (value != null && value.length > MAX_VALUE_BYTES) {
            set(headers, ORIGINAL_SIZE, Integer.toString(value.length));
            value = Arrays.copyOf(value, MAX_VALUE_BYTES);
        }
        byte[] key = record.key();
        if (!envelopeFits && key != null && key.length > MAX_ENVELOPE_BYTES) {
            key = Arrays.copyOf(key, MAX_ENVELOPE_BYTES);
        }
        return new Record<>(key, value, record.timestamp(), headers);
    }

    /** Sets a header, in place of all of its name. */
    public static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
