package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorrectionsExportTest {
    private static final List<TopicPartition> PARTITIONS =
            List.of(new TopicPartition("corrections", 0), new TopicPartition("corrections", 1));
    private static final ExportOptions PLAIN = new ExportOptions(false, Set.of());

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    @Test
    void shouldWriteTheLastExampleOfEachTicketSortedById() {
        CorrectionsExport export = export(PLAIN);
        write(0, 1, "b", example("old", "ann"));
        write(1, 1, "a", example("text of a", "ann"));
        write(0, 2, "b", example("new", "ann"));

        export.readToEnd();

        assertThat(lines(export))
                .containsExactly(
                        "{\"id\":\"a\",\"text\":\"text of a\",\"intent\":\"praise\",\"corrected\":{\"intent\":{\"by\":\"ann\",\"at\":\"2026\"}}}",
                        "{\"id\":\"b\",\"text\":\"new\",\"intent\":\"praise\",\"corrected\":{\"intent\":{\"by\":\"ann\",\"at\":\"2026\"}}}");
    }

    @Test
    void shouldLeaveOutWhatWasTakenBackUntilItIsGivenAgain() {
        CorrectionsExport export = export(PLAIN);
        write(0, 1, "a", example("x", "ann"));
        write(0, 2, "a", null);
        export.readToEnd();
        assertThat(lines(export)).isEmpty();

        write(0, 3, "a", example("again", "ann"));
        assertThat(export.readFor(Duration.ZERO)).isTrue();
        assertThat(lines(export)).hasSize(1);
        assertThat(export.readFor(Duration.ZERO)).isFalse();
    }

    @Test
    void shouldTakeTheLaterOfTwoPartitionsWhereATopicWasWidened() {
        for (boolean laterFirst : new boolean[] {true, false}) {
            MockConsumer<byte[], byte[]> widened = new MockConsumer<>("earliest");
            widened.updateBeginningOffsets(Map.of(PARTITIONS.get(0), 0L, PARTITIONS.get(1), 0L));
            widened.updateEndOffsets(Map.of(PARTITIONS.get(0), 1L, PARTITIONS.get(1), 1L));
            CorrectionsExport export = new CorrectionsExport(widened, PARTITIONS, taxonomy(), PLAIN);
            Runnable before = () -> widened.addRecord(record(0, 0, 10, "a", example("before", "ann")));
            Runnable after = () -> widened.addRecord(record(1, 0, 20, "a", example("after", "ann")));
            widened.schedulePollTask(laterFirst ? after : before);
            widened.schedulePollTask(laterFirst ? before : after);

            export.readToEnd();

            assertThat(lines(export)).singleElement().asString().contains("\"after\"");
        }
    }

    @Test
    void shouldCountWhatIsNoExampleAndGoOn() {
        CorrectionsExport export = export(PLAIN);
        write(0, 1, null, example("no key", "ann"));
        write(0, 2, "a", "not JSON");
        write(0, 3, "b", "{\"intent\":\"praise\"}");
        write(0, 4, "c", "{\"text\":\"no label\"}");
        write(0, 5, "d", "{\"text\":\"x\",\"intent\":7}");
        write(0, 6, "e", "[]");
        write(0, 7, "f", example("fine", "ann"));

        export.readToEnd();

        assertThat(export.export().unreadable()).isEqualTo(6);
        assertThat(export.export().examples()).isEqualTo(1);
        assertThat(lines(export)).singleElement().asString().startsWith("{\"id\":\"f\"");
    }

    @Test
    void shouldLeaveOutTheLabelsOfExcludedSubmittersAndExamplesWithoutOthers() {
        CorrectionsExport export = export(new ExportOptions(false, Set.of("mallory")));
        write(0, 1, "a", example("wrong", "mallory"));
        write(
                0,
                2,
                "b",
                "{\"text\":\"x\",\"intent\":\"praise\",\"department\":\"sales\",\"corrected\":{\"intent\":{\"by\":\"ann\",\"at\":\"1\"},"
                        + "\"department\":{\"by\":\"mallory\",\"at\":\"2\"}}}");

        export.readToEnd();

        assertThat(lines(export))
                .containsExactly(
                        "{\"id\":\"b\",\"text\":\"x\",\"intent\":\"praise\",\"corrected\":{\"intent\":{\"by\":\"ann\",\"at\":\"1\"}}}");
        assertThat(export.export().excluded()).isEqualTo(1);
    }

    @Test
    void shouldTakePersonalDataOutOfTextMetadataAndSubmitters() {
        CorrectionsExport export = export(new ExportOptions(true, Set.of()));
        write(
                0,
                1,
                "T-1",
                "{\"text\":\"mail a.b@example.com\",\"intent\":\"praise\",\"corrected\":{\"intent\":{\"by\":\"ann@example.com\",\"at\":\"1\"}},"
                        + "\"metadata\":{\"customer\":\"Jane Doe\",\"product\":\"card 4111-1111-1111-1111\",\"plan\":\"pro\"},"
                        + "\"secret\":\"Jane Doe\"}");

        export.readToEnd();

        assertThat(lines(export))
                .containsExactly(
                        "{\"id\":\"T-1\",\"text\":\"mail <email>\",\"intent\":\"praise\",\"corrected\":{\"intent\":{\"by\":\"<redacted>\",\"at\":\"1\"}},"
                                + "\"metadata\":{\"plan\":\"pro\",\"product\":\"card <num>\"}}");
    }

    private CorrectionsExport export(ExportOptions options) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        PARTITIONS.forEach(partition -> {
            beginnings.put(partition, 0L);
            ends.put(partition, 0L);
        });
        consumer.updateBeginningOffsets(beginnings);
        consumer.updateEndOffsets(ends);
        return new CorrectionsExport(consumer, PARTITIONS, taxonomy(), options);
    }

    private void write(int partition, long timestamp, @Nullable String key, @Nullable String value) {
        long offset = ends.getOrDefault(PARTITIONS.get(partition), 0L);
        consumer.addRecord(record(partition, offset, timestamp, key, value));
        ends.put(PARTITIONS.get(partition), offset + 1);
        consumer.updateEndOffsets(ends);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            int partition, long offset, long timestamp, @Nullable String key, @Nullable String value) {
        return new ConsumerRecord<>(
                "corrections",
                partition,
                offset,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    private static String example(String text, String by) {
        return "{\"text\":\"" + text + "\",\"intent\":\"praise\",\"corrected\":{\"intent\":{\"by\":\"" + by
                + "\",\"at\":\"2026\"}}}";
    }

    private static List<String> lines(CorrectionsExport export) {
        return new String(export.export().jsonLines(), UTF_8).lines().toList();
    }

    private static Taxonomy taxonomy() {
        try (InputStream yaml = Files.newInputStream(Path.of("config/taxonomy.yaml"))) {
            return Taxonomy.read(yaml, "taxonomy.yaml");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
