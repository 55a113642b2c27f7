package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import io.tickettriage.service.Role;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compaction as the broker really does it: the log loses records, the export loses nothing. */
class CorrectionsCompactionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NINE = Instant.parse("2025-01-01T09:00:00Z");
    private static final int TICKETS = 20;
    private static final int RETRACTED = 5;
    private static final int ROUNDS = 10;
    private static final int PARTITIONS = 2;

    @TempDir
    private Path directory;

    @Test
    void shouldExportTheSameBytesBeforeAndAfterCompaction() throws Exception {
        // With its default the cleaner sleeps 15 s between two looks at the log.
        Map<String, String> eager = Map.of("log.cleaner.backoff.ms", "100");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), FreePort.find(), eager);
                TestCluster cluster =
                        new TestCluster(broker.bootstrap(), "", directory, Map.of("tickets.corrections", PARTITIONS))) {
            String topic = cluster.names().corrections();
            cluster.start(Set.of(Role.CORRECTIONS));
            for (int ticket = 0; ticket < TICKETS; ticket++) {
                cluster.sendScored("T-" + ticket, "text " + ticket, "billing", "refund");
            }
            cluster.flush();
            for (int round = 0; round < ROUNDS; round++) {
                for (int ticket = 0; ticket < TICKETS; ticket++) {
                    cluster.send(
                            cluster.names().correctionsSubmitted(),
                            "T-" + ticket,
                            TestCluster.submission("T-" + ticket, "intent", "praise", "ann", NINE.plusSeconds(round)));
                }
            }
            for (int ticket = 0; ticket < RETRACTED; ticket++) {
                cluster.send(
                        cluster.names().correctionsSubmitted(),
                        "T-" + ticket,
                        "{\"labels\":null,\"submitted_at\":\"" + NINE.plusSeconds(ROUNDS) + "\"}");
            }
            cluster.flush();
            String last = "\"at\":\"" + NINE.plusSeconds(ROUNDS - 1) + "\"";
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.latest(topic).values())
                            .hasSize(TICKETS - RETRACTED)
                            .allSatisfy(example -> assertThat(example).contains(last)));
            String before = cluster.export();
            assertThat(before.lines()).hasSize(TICKETS - RETRACTED);
            assertThat(cluster.records(topic))
                    .as("records, of which compaction may remove all but the last of a ticket")
                    .hasSizeGreaterThan(2 * TICKETS);
            Map<Integer, Long> ends = new HashMap<>();
            cluster.records(topic).forEach(record -> ends.merge(record.partition(), record.offset(), Math::max));

            cluster.alter(
                    topic,
                    Map.of(
                            "segment.ms", "100",
                            "min.cleanable.dirty.ratio", "0.01",
                            "delete.retention.ms", "0"));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                // A segment is closed by the next record; this key never had an example.
                IntStream.range(0, PARTITIONS).forEach(partition -> cluster.send(topic, partition, "nobody", null));
                cluster.flush();
                List<ConsumerRecord<byte[], byte[]>> old = cluster.records(topic).stream()
                        .filter(record -> record.offset() <= ends.getOrDefault(record.partition(), -1L))
                        .toList();
                return old.stream().noneMatch(record -> record.value() == null) && old.size() == distinctKeys(old);
            });

            assertThat(cluster.latest(topic)).hasSize(TICKETS - RETRACTED);
            assertThat(cluster.export()).isEqualTo(before);
        }
    }

    private static int distinctKeys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new String(record.key(), UTF_8))
                .collect(Collectors.toCollection(TreeSet::new))
                .size();
    }
}
