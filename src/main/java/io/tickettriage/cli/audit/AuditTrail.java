package io.tickettriage.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What the topics hold about one ticket, each list in time order.
 *
 * @param scored from {@code tickets.scored}: one entry each time the ticket was scored
 * @param queued from the queues, {@code review} among them
 * @param rejected from the dead-letter topic: raw records under the ticket's id that were no tickets
 * @param submissions from {@code tickets.corrections.submitted}
 * @param examples from {@code tickets.corrections}, as far as compaction has left them; the last one counts
 */
record AuditTrail(
        String id,
        List<Entry> scored,
        List<Entry> queued,
        List<Entry> rejected,
        List<Submission> submissions,
        List<Entry> examples) {
    /** Numbers are told as they were written. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String REJECT_REASON = "triage-reject-reason";
    private static final String SOURCE_TOPIC = "__streams.errors.topic";
    private static final String DETAIL = "__streams.errors.message";

    /**
     * One record.
     *
     * @param place topic-partition@offset
     * @param json its value; missing where it has none, or it is no JSON
     * @param reason why it was rejected, with the detail; only in the dead-letter topic
     */
    record Entry(Instant at, String topic, String place, JsonNode json, Optional<String> reason) {}

    /** A submission and what the application makes of it under today's taxonomy. */
    record Submission(Entry entry, DecodedCorrection decoded) {}

    /** Whether anything is known about the ticket. */
    boolean isEmpty() {
        return scored.isEmpty()
                && queued.isEmpty()
                && rejected.isEmpty()
                && submissions.isEmpty()
                && examples.isEmpty();
    }

    /** The example as it is now; empty if there is none, or it was taken back. */
    Optional<Entry> example() {
        return examples.isEmpty()
                ? Optional.empty()
                : Optional.of(examples.get(examples.size() - 1))
                        .filter(entry -> !entry.json().isMissingNode());
    }

    /** Whether there was an example and all its labels were taken back. */
    boolean isTakenBack() {
        return !examples.isEmpty() && example().isEmpty();
    }

    /** Reads the topics to the ends they have now; one that does not exist holds nothing. */
    static AuditTrail read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicNames names,
            Collection<String> queues,
            CorrectionDecoder decoder,
            String id,
            Instant since) {
        List<Entry> queued = new ArrayList<>();
        for (String queue : queues) {
            queued.addAll(under(consumer, names.queue(queue), id, since));
        }
        List<Submission> submissions = new ArrayList<>();
        TopicReader.readSince(consumer, names.correctionsSubmitted(), since, record -> submission(record, decoder, id)
                .ifPresent(submissions::add));
        List<Entry> rejected = under(consumer, names.dlq(), id, since).stream()
                .filter(entry -> !entry.topic().equals(names.correctionsSubmitted()))
                .toList();
        submissions.sort(Comparator.comparing(submission -> submission.entry().at()));
        return new AuditTrail(
                id,
                sorted(under(consumer, names.scored(), id, since)),
                sorted(queued),
                sorted(rejected),
                submissions,
                sorted(under(consumer, names.corrections(), id, since)));
    }

    private static List<Entry> under(KafkaConsumer<byte[], byte[]> consumer, String topic, String id, Instant since) {
        List<Entry> entries = new ArrayList<>();
        TopicReader.readSince(consumer, topic, since, record -> {
            if (id.equals(text(record.key()))) {
                entries.add(entry(record));
            }
        });
        return entries;
    }

    /** Stable: records of one partition with equal times stay in their order. */
    private static List<Entry> sorted(List<Entry> entries) {
        return entries.stream().sorted(Comparator.comparing(Entry::at)).toList();
    }

    private static Optional<Submission> submission(
            ConsumerRecord<byte[], byte[]> record, CorrectionDecoder decoder, String id) {
        DecodedCorrection decoded =
                decoder.decode(record.value(), record.key(), Instant.ofEpochMilli(Math.max(0, record.timestamp())));
        Entry entry = entry(record);
        boolean about = decoded instanceof Correction correction
                ? correction.submission().ticketId().equals(id)
                : id.equals(rejectedId(entry.json(), text(record.key())));
        return about ? Optional.of(new Submission(entry, decoded)) : Optional.empty();
    }

    /** The ticket that a submission nobody can apply seems to be about. */
    private static String rejectedId(JsonNode json, String key) {
        return json.path("ticket_id").asText(json.path("id").asText(key));
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        String source = header(record, SOURCE_TOPIC);
        String reason = header(record, REJECT_REASON);
        return new Entry(
                Instant.ofEpochMilli(record.timestamp()),
                source.isEmpty() ? record.topic() : source,
                place,
                json(record.value()),
                reason.isEmpty() ? Optional.empty() : Optional.of(reason + ": " + header(record, DETAIL)));
    }

    private static JsonNode json(byte @Nullable [] value) {
        try {
            return JSON.readTree(text(value));
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
