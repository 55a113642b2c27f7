package io.tickettriage.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TicketWorkloadTest {
    private static final TopicNames NAMES = TopicNames.PLAIN;

    @Test
    void shouldSendTheSameRecordsForTheSameSeed() throws IOException {
        assertThat(texts(records(3))).isEqualTo(texts(records(3))).isNotEqualTo(texts(records(4)));
    }

    @Test
    void shouldSubmitCorrectionsAtDifferentTimesOnly() throws IOException {
        List<String> times = trees(records(3), NAMES.correctionsSubmitted())
                .map(submission -> submission.path("submitted_at").asText())
                .toList();

        assertThat(times).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    }

    @Test
    void shouldHaveVersionsRetractionsAndCorrectionsBeforeTheirTickets() throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = records(3);
        List<String> seen = new ArrayList<>();
        boolean early = false;
        for (ProducerRecord<byte[], byte[]> record : records) {
            JsonNode value = Json.MAPPER.readTree(record.value());
            seen.add(value.path("id").asText());
            early |= value.has("ticket_id")
                    && !seen.contains(value.path("ticket_id").asText());
        }

        assertThat(early).isTrue();
        assertThat(trees(records, NAMES.raw()))
                .anyMatch(ticket -> ticket.path("seq").asInt() > 1);
        assertThat(trees(records, NAMES.correctionsSubmitted()))
                .anyMatch(submission -> submission.path("labels").isNull());
    }

    private static List<ProducerRecord<byte[], byte[]>> records(long seed) throws IOException {
        Taxonomy taxonomy = ConfigFiles.read("config/taxonomy.yaml", Taxonomy::read);
        TicketWorkload workload = new TicketWorkload(NAMES, taxonomy, seed);
        return IntStream.range(0, 1_000)
                .mapToObj(i -> workload.next())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> texts(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> record.topic() + new String(record.key(), UTF_8) + new String(record.value(), UTF_8))
                .toList();
    }

    private static Stream<JsonNode> trees(List<ProducerRecord<byte[], byte[]>> records, String topic)
            throws IOException {
        List<JsonNode> trees = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            if (record.topic().equals(topic)) {
                trees.add(Json.MAPPER.readTree(record.value()));
            }
        }
        return trees.stream();
    }
}
