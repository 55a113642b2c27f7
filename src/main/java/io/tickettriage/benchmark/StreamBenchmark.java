package io.tickettriage.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.scoring.ScoringMeters;
import io.tickettriage.scoring.ScoringTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The scoring role against topologies that only pass records through, with the same topics, records and settings,
 * alternating in one run: on shared machines absolute figures vary by two, ratios do not.
 *
 * @param streamsConfig of the scoring role, as in production, for a broker that has the topics
 * @param records how many records each run reads
 * @param rounds how often each topology runs
 */
public record StreamBenchmark(
        Map<String, String> streamsConfig,
        TopicNames topics,
        SortedSet<String> queues,
        Supplier<ScoringTopology.Scorers> scorers,
        int records,
        int rounds) {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int LATENCY_RECORDS = 3_000;
    private static final long LATENCY_INTERVAL_NANOS = 2_000_000;

    /** Records per second (medians over the rounds), and the way of one record through the scoring role at low load. */
    public record Result(
            double scoringPerSecond,
            double passThroughPerSecond,
            double jsonPassThroughPerSecond,
            double p50Millis,
            double p99Millis) {}

    /** A topology and the counter of what it has processed. */
    private record Counted(Topology topology, Supplier<Long> processed) {}

    /** Runs it. */
    public Result run(List<String> tickets) throws InterruptedException {
        fill(tickets);
        List<Double> scoring = new ArrayList<>();
        List<Double> passThrough = new ArrayList<>();
        List<Double> jsonPassThrough = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            passThrough.add(measure("pass-" + round, passThrough(false)));
            jsonPassThrough.add(measure("json-" + round, passThrough(true)));
            scoring.add(measure("score-" + round, scoring()));
        }
        double[] latency = latencyMillis(tickets);
        double p99 = latency[latency.length * 99 / 100];
        return new Result(
                median(scoring), median(passThrough), median(jsonPassThrough), latency[latency.length / 2], p99);
    }

    private void fill(List<String> tickets) {
        try (KafkaProducer<byte[], byte[]> producer = newProducer()) {
            for (int i = 0; i < records; i++) {
                Future<RecordMetadata> unused = producer.send(record(tickets, i));
            }
            producer.flush();
        }
    }

    private ProducerRecord<byte[], byte[]> record(List<String> tickets, int i) {
        byte[] ticket = tickets.get(i % tickets.size()).getBytes(UTF_8);
        return new ProducerRecord<>(topics.raw(), Integer.toString(i).getBytes(UTF_8), ticket);
    }

    private Counted scoring() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Topology topology =
                ScoringTopology.build(topics, queues, scorers, new ScoringMeters(registry, queues), Quarantine.none());
        return new Counted(
                topology, () -> registry.get("triage.scoring").timer().count());
    }

    private Counted passThrough(boolean parseAndWrite) {
        AtomicLong processed = new AtomicLong();
        ObjectMapper json = new ObjectMapper();
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topics.raw(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(value -> {
                    processed.incrementAndGet();
                    try {
                        return parseAndWrite ? json.writeValueAsBytes(json.readTree(value)) : value;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .to(topics.scored(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return new Counted(builder.build(), processed::get);
    }

    /** Records per second, from the end of the warm-up, the first tenth, to the last record. */
    private double measure(String name, Counted counted) throws InterruptedException {
        try (KafkaStreams streams = new KafkaStreams(counted.topology(), config(name))) {
            streams.start();
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            await(counted, records / 10, deadline);
            long start = System.nanoTime();
            long first = counted.processed().get();
            await(counted, records, deadline);
            double seconds = (System.nanoTime() - start) / 1e9;
            streams.close(CloseOptions.timeout(Duration.ofSeconds(10))
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            return (records - first) / seconds;
        }
    }

    private static void await(Counted counted, long target, long deadline) throws InterruptedException {
        while (counted.processed().get() < target) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + counted.processed().get() + " of " + target
                        + " records were processed within " + TIMEOUT);
            }
            Thread.sleep(1);
        }
    }

    /** From just before a record is sent until a committed reader of its queue has it, sorted. */
    private double[] latencyMillis(List<String> tickets) {
        Properties config = config("latency");
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "latest");
        Counted counted = scoring();
        List<Long> nanos = new ArrayList<>();
        try (KafkaStreams streams = new KafkaStreams(counted.topology(), config);
                KafkaProducer<byte[], byte[]> producer = newProducer();
                KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
            streams.start();
            consumer.subscribe(queues.stream().map(topics::queue).toList());
            while (consumer.assignment().isEmpty() || streams.state() != KafkaStreams.State.RUNNING) {
                consumer.poll(POLL);
            }
            consumer.assignment().forEach(consumer::position);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            long next = System.nanoTime();
            int sent = 0;
            while (nanos.size() < LATENCY_RECORDS && System.nanoTime() < deadline) {
                while (sent < LATENCY_RECORDS && System.nanoTime() >= next) {
                    ProducerRecord<byte[], byte[]> record = record(tickets, sent++);
                    HeaderNames.set(record.headers(), "sent", Long.toString(System.nanoTime()));
                    Future<RecordMetadata> unused = producer.send(record);
                    next += LATENCY_INTERVAL_NANOS;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    nanos.add(System.nanoTime() - Long.parseLong(HeaderNames.text(record.headers(), "sent")));
                }
            }
        }
        return nanos.stream().sorted().mapToDouble(n -> n / 1e6).toArray();
    }

    private Properties config(String name) {
        Properties config = new Properties();
        config.putAll(streamsConfig);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, streamsConfig.get("application.id") + "-" + name);
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        // The pass-through topologies are built without names.
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, false);
        return config;
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap(), "linger.ms", 1);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> newConsumer() {
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrap());
        config.put("group.id", "benchmark-latency");
        config.put("auto.offset.reset", "latest");
        config.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String bootstrap() {
        return String.valueOf(streamsConfig.get("bootstrap.servers"));
    }

    private static double median(List<Double> values) {
        values.sort(null);
        return values.get(values.size() / 2);
    }
}
