package io.tickettriage.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.tickettriage.config.DeskConfig;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.desk.Desk;
import io.tickettriage.desk.web.Access;
import io.tickettriage.desk.web.DeskRoutes;
import io.tickettriage.desk.web.DeskServices;
import io.tickettriage.desk.web.DeskServices.Tried;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.ticket.RawTicket;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The desk with its Kafka clients, its routes and its meters. */
record RunningDesk(Desk desk, DeskRoutes routes) implements AutoCloseable {
    private static final OutputOptions EVERYTHING =
            new OutputOptions(true, OutputOptions.For.ALL, OutputOptions.For.ALL, false);
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    /** A desk that has not started. */
    static RunningDesk of(Settings settings, RoleContext context) throws IOException {
        DeskConfig config = settings.get(DeskConfig.class);
        Access access = Access.of(config, settings.get(HttpConfig.class));
        KafkaClientsConfig clients = settings.get(KafkaClientsConfig.class);
        Desk desk = new Desk(
                new KafkaConsumer<>(consumer(clients), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new KafkaProducer<>(producer(clients), new ByteArraySerializer(), new ByteArraySerializer()),
                context.names(),
                context.correctionDecoder(),
                context.taxonomy(),
                context.activeModel(),
                new Desk.Limits(
                        config.window(), config.maxOpen(), config.maxRecent(), config.maxBytes(), config.claim()));
        ProcessVitals vitals = new ProcessVitals(context.registry(), context.shadow());
        DeskRoutes routes = new DeskRoutes(
                desk,
                new DeskServices(
                        access,
                        context.taxonomy(),
                        context.activeModel()::current,
                        scorer(context),
                        vitals::read,
                        config.learnCommand(),
                        version()));
        Gauge.builder("triage.desk.open", desk, Desk::open)
                .description("Review tickets that nobody has decided")
                .register(context.registry());
        FunctionCounter.builder("triage.desk.dropped", desk, Desk::dropped)
                .description("Open review tickets that the desk dropped because there were too many")
                .register(context.registry());
        return new RunningDesk(desk, routes);
    }

    private static DeskServices.Scorer scorer(RoleContext context) {
        TicketScorer scorer = context.scoring().newScorer(context.activeModel(), EVERYTHING);
        return ticket -> {
            ScoringOutcome outcome;
            synchronized (scorer) { // One scorer serves one thread at a time.
                outcome = scorer.score(RawTicket.ofJson(ticket, "try", 0));
            }
            if (outcome instanceof ScoringOutcome.Scored scored) {
                return new Tried.Scored(scored.json());
            }
            ScoringOutcome.Rejected rejected = (ScoringOutcome.Rejected) outcome;
            return new Tried.Rejected(
                    rejected.ticket().reason().name(), rejected.ticket().detail());
        };
    }

    private static Map<String, Object> consumer(KafkaClientsConfig clients) {
        Map<String, Object> config = new HashMap<>(clients.consumer());
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("allow.auto.create.topics", false);
        config.put("fetch.max.bytes", FETCH_BYTES);
        return config;
    }

    /** People wait for each record: it is sent at once, and given up before they do. */
    private static Map<String, Object> producer(KafkaClientsConfig clients) {
        Map<String, Object> config = new HashMap<>(clients.producer());
        config.remove("transaction.timeout.ms");
        config.put("acks", "all");
        config.put("linger.ms", 0);
        config.put("max.block.ms", 5_000);
        config.put("request.timeout.ms", 3_000);
        config.put("delivery.timeout.ms", 6_000);
        return config;
    }

    private static String version() {
        return Objects.requireNonNullElse(RunningDesk.class.getPackage().getImplementationVersion(), "unknown");
    }

    /** Why it cannot answer; empty if it can. */
    Optional<String> problem() {
        return desk.problem();
    }

    void start() {
        desk.start();
    }

    @Override
    public void close() {
        routes.close();
        desk.close();
    }
}
