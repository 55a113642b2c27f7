package io.tickettriage.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.cli.audit.AuditReport.Place;
import io.tickettriage.cli.audit.AuditReport.Prediction;
import io.tickettriage.cli.audit.AuditReport.Rejected;
import io.tickettriage.cli.audit.AuditReport.Submission;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the topics hold about one ticket, to the ends they have now; a topic that does not exist holds nothing.
 *
 * @param since records before this time are not read
 */
record AuditTrail(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer, String id, Instant since) {
    /** The whole trail; empty if nothing is known about the ticket. */
    Optional<AuditReport> read() throws IOException {
        TopicNames names = cluster.names();
        Taxonomy taxonomy = cluster.taxonomy();
        CorrectionDecoder decoder = new CorrectionDecoder(taxonomy, cluster.maxTicketBytes());
        List<ConsumerRecord<byte[], byte[]>> scored = under(names.scored());
        List<Place> queued = TopicCatalogue.load().queues().stream()
                .flatMap(queue -> under(names.queue(queue)).stream())
                .map(Place::of)
                .sorted(Comparator.comparing(Place::at))
                .toList();
        List<Rejected> rejected = under(names.dlq()).stream()
                .filter(r -> !header(r, HeaderNames.ERROR_TOPIC).equals(names.correctionsSubmitted()))
                .map(r -> new Rejected(
                        Place.of(r),
                        header(r, HeaderNames.REJECT_REASON) + ": " + header(r, HeaderNames.ERROR_MESSAGE)))
                .toList();
        List<Submission> submissions = new ArrayList<>();
        TopicReader.readSince(consumer, names.correctionsSubmitted(), since, record -> submission(record, decoder)
                .ifPresent(submissions::add));
        submissions.sort(Comparator.comparing(submission -> submission.place().at()));
        List<ConsumerRecord<byte[], byte[]>> examples = under(names.corrections());
        if (Stream.of(scored, queued, rejected, submissions, examples).allMatch(List::isEmpty)) {
            return Optional.empty();
        }
        Optional<ScoredRecord> last =
                scored.stream().reduce((earlier, later) -> later).map(AuditTrail::scored);
        Optional<LabelledExample> example = examples.stream()
                .reduce((earlier, later) -> later)
                .map(record -> json(record.value()))
                .filter(JsonNode::isObject)
                .map(json -> LabelledExample.fromJson(json, taxonomy.headNames()));
        return Optional.of(new AuditReport(
                id,
                last.map(ScoredRecord::ticket).orElse(null),
                last.flatMap(ScoredRecord::decodedTicket).map(Ticket::text).orElse(""),
                scored.stream().map(r -> Prediction.of(Place.of(r), scored(r))).toList(),
                queued,
                rejected,
                submissions,
                !examples.isEmpty() && example.isEmpty(),
                example.orElse(null)));
    }

    /** The records under the ticket's id, in time order; those of one partition with equal times stay in their order. */
    private List<ConsumerRecord<byte[], byte[]>> under(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        TopicReader.readSince(consumer, topic, since, record -> {
            if (id.equals(text(record.key()))) {
                records.add(record);
            }
        });
        records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
        return records;
    }

    private static ScoredRecord scored(ConsumerRecord<byte[], byte[]> record) {
        try {
            return ScoredRecord.read(record.value() == null ? new byte[0] : record.value());
        } catch (IOException e) {
            return ScoredRecord.UNREADABLE;
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return HeaderNames.text(record.headers(), name);
    }

    /** The submission in a record, if it is about the ticket. */
    private Optional<Submission> submission(ConsumerRecord<byte[], byte[]> record, CorrectionDecoder decoder) {
        Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        DecodedCorrection decoded = decoder.decode(record.value(), record.key(), time);
        JsonNode json = json(record.value());
        if (decoded instanceof RejectedCorrection rejected) {
            // What a submission that cannot be applied seems to be about.
            String about = json.path("ticket_id").asText(json.path("id").asText(text(record.key())));
            return Optional.of(new Submission(
                            Place.of(record), "rejected", rejected.reason().name(), rejected.detail(), "", json))
                    .filter(submission -> about.equals(id));
        }
        CorrectionSubmission said = ((Correction) decoded).submission();
        return Optional.of(new Submission(Place.of(record), "valid", null, null, meaning(said), json))
                .filter(submission -> said.ticketId().equals(id));
    }

    private static String meaning(CorrectionSubmission said) {
        String labels = said.labels()
                .map(given -> given.entrySet().stream().map(Object::toString).collect(Collectors.joining(" ")))
                .orElse("takes all labels back");
        return labels + ", by " + (said.by().isEmpty() ? "nobody named" : AuditReport.name(said.by())) + ", at "
                + said.at();
    }

    private static JsonNode json(byte @Nullable [] value) {
        try {
            return Json.tree(text(value));
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
