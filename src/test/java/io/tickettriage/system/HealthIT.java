package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.testing.BrokerProcess;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestCluster;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ready} says within seconds what keeps the roles from their work; {@code /live} while waiting can help. */
class HealthIT {
    // The promise is 10 s; the machine of a test may be busy.
    private static final Duration PROMISE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private BrokerProcess broker;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private TestCluster cluster;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private RunningTriage application;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.start(directory);
        cluster = new TestCluster(broker.bootstrap(), "", directory, Map.of());
        application = RunningTriage.start(broker.bootstrap(), "", directory, "scoring,corrections")
                .awaitReady();
    }

    @AfterEach
    void stop() {
        application.close();
        cluster.close();
        broker.close();
    }

    @Test
    void shouldNotBeReadyWhileTheBrokerIsDeadAndBeReadyOnceItIsBack() throws Exception {
        broker.kill();

        awaitUnready("kafka: no answer from " + broker.bootstrap() + " for ");
        assertThat(application.get("/live").statusCode()).isEqualTo(200);
        assertThat(application.meter("triage_ready{check=\"kafka\"}")).isZero();

        broker.startAgain();
        application.awaitReady();
        assertThat(application.meter("triage_ready{check=\"kafka\"}")).isOne();
    }

    @Test
    void shouldNameTheQueueThatIsGoneUnderLoad() throws Exception {
        String queue = cluster.names().queue("billing");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.deleteTopics(List.of(queue)).all().get(30, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 100; i++) {
            cluster.send(cluster.names().raw(), "T-" + i, "{\"text\":\"I was charged twice, refund please\"}");
        }
        cluster.flush();
        awaitUnready("topics: missing: " + queue + " (./triage topics apply");
        assertThat(application.get("/live").statusCode()).isEqualTo(200);

        assertThat(cluster.triage("topics", "apply").code()).isZero();
        application.awaitReady();
        await().atMost(PATIENCE)
                .until(() -> cluster.records(cluster.names().scored()).size() == 100);
    }

    /** A quota lets its producer send so little that it waits for most of a minute: in Kafka's eyes all is well. */
    @Test
    void shouldSayThatARoleStandsStillThoughKafkaStreamsSaysThatItRuns() throws Exception {
        limitProducers(Optional.of(60.0));
        AtomicInteger tickets = new AtomicInteger();
        // Again and again: the first may get through before the limit acts.
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            cluster.send(cluster.names().raw(), "T-" + tickets.incrementAndGet(), "{\"text\":\"where is my refund\"}");
            cluster.flush();
            return application.meter("triage_role_lag{role=\"scoring\"}") > 0;
        });
        awaitUnready("scoring: it has committed nothing for more than 5 s", ": tickets.raw-");
        assertThat(application.get("/live").statusCode()).isEqualTo(200);

        limitProducers(Optional.empty());
        application.awaitReady();
        await().atMost(PATIENCE)
                .until(() -> cluster.records(cluster.names().scored()).size() == tickets.get());
    }

    private void limitProducers(Optional<Double> bytesPerSecond) throws Exception {
        ClientQuotaEntity everyClient =
                new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
        ClientQuotaAlteration.Op limit =
                new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond.orElse(null));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(everyClient, List.of(limit))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldStayReadyWhileAnotherInstanceComesAndGoes() throws Exception {
        Path directoryOfOther = Files.createDirectory(directory.resolve("other"));
        try (RunningTriage other =
                RunningTriage.start(broker.bootstrap(), "", directoryOfOther, "scoring,corrections")) {
            await().atMost(PATIENCE).until(() -> {
                assertThat(ready().body()).contains("\"ready\":true");
                return other.isReady();
            });
            other.process().terminate();
        }
        await().atMost(PATIENCE).during(Duration.ofSeconds(5)).until(() -> {
            assertThat(ready().body()).contains("\"ready\":true");
            return true;
        });
    }

    @Test
    void shouldStayReadyWhileThereIsNothingToReadButWhatAProducerTookBack() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "upstream"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            await().atMost(PATIENCE).during(Duration.ofSeconds(12)).until(() -> {
                producer.beginTransaction();
                var unused = producer.send(new ProducerRecord<>(cluster.names().raw(), 0, "T-1", "{\"text\":\"x\"}"));
                producer.flush();
                producer.abortTransaction();
                return ready().statusCode() == 200;
            });
        }
    }

    @Test
    void shouldStayReadyUnderLoadAndAfterIt() throws Exception {
        int[] sent = {0};
        await().atMost(PATIENCE).during(Duration.ofSeconds(12)).until(() -> {
            cluster.send(cluster.names().raw(), "T-" + sent[0], "{\"text\":\"where is my refund\"}");
            cluster.flush();
            sent[0]++;
            return ready().statusCode() == 200;
        });
        await().atMost(PATIENCE).during(Duration.ofSeconds(12)).until(() -> ready().statusCode() == 200);
    }

    private void awaitUnready(String... reasons) {
        await().atMost(PROMISE).untilAsserted(() -> {
            assertThat(ready().body()).contains(reasons);
            assertThat(ready().statusCode()).isEqualTo(503);
        });
    }

    private HttpResponse<String> ready() throws IOException, InterruptedException {
        return application.get("/ready");
    }
}
