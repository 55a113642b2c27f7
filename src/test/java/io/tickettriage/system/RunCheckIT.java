package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} refuses before it does anything, because the promise could not be kept with it. */
class RunCheckIT {
    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseTopicsThatWouldLoseOrStopTicketsAndNameTheCommandThatMendsThem() throws Exception {
        try (TestCluster cluster = new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of())) {
            TestCluster.Result before = cluster.triage("run", "--check");
            assertThat(before.code()).as(before.err()).isZero();
            assertThat(before.out()).startsWith("ok: model ").endsWith(", topics\n");

            cluster.alter(cluster.names().raw(), Map.of("message.timestamp.type", "CreateTime"));
            cluster.alter(cluster.names().scored(), Map.of("max.message.bytes", "1000000"));
            for (List<String> command : List.of(List.of("run", "--check"), List.of("run", "--http-port", "0"))) {
                TestCluster.Result refused = cluster.triage(command.toArray(String[]::new));
                assertThat(refused.code()).isEqualTo(1);
                assertThat(refused.err())
                        .contains(
                                cluster.names().raw() + " has message.timestamp.type=CreateTime",
                                cluster.names().scored() + " has max.message.bytes=1000000",
                                "mend them with: ./triage topics apply --bootstrap " + BROKER.bootstrap() + " --prefix "
                                        + BROKER.prefix());
            }

            assertThat(cluster.triage("topics", "apply").code()).isZero();
            assertThat(cluster.triage("run", "--check").code()).isZero();
        }
    }

    @Test
    void shouldReportEverySettingThatWouldBreakThePromiseAtOnce() {
        TestCluster.Result refused = TestCluster.execute(
                "run",
                "--check",
                "--set",
                "kafka.consumer.isolation.level=read_uncommitted",
                "--set",
                "kafka.producer.acks=1",
                "--set",
                "triage.commit.interval=6s");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "the configuration has 3 problems",
                        "kafka.consumer.isolation.level is \"read_uncommitted\"",
                        "kafka.producer.acks is \"1\"",
                        "kafka.producer.transaction.timeout.ms is \"5000\"");
    }
}
