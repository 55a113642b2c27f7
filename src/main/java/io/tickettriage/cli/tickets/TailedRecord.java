package io.tickettriage.cli.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.SourcePosition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as it is shown: its timestamp in milliseconds, its value as JSON where it is any, else as a text. */
record TailedRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        Map<String, @Nullable String> headers,
        @Nullable Object value)
        implements Report {

    static TailedRecord of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()));
        }
        String value = text(record.value());
        return new TailedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                text(record.key()),
                headers,
                value != null && isJson(value) ? new RawValue(value) : value);
    }

    @Override
    public void print(Page page) {
        Object shown = value instanceof RawValue json ? json.rawValue() : value;
        page.line(new SourcePosition(topic, partition, offset) + "  " + (key == null ? "-" : key) + "  "
                + (shown == null ? "(null)" : shown));
    }

    private static boolean isJson(String text) {
        try {
            return !Json.MAPPER.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
