package io.tickettriage.verify;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.verify.history.History.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Seeded records that no well-meaning program would send, to every topic that a role reads. */
final class HostileRecords {
    private static final String TICKET = "{\"id\":\"h\",\"text\":\"where is my parcel\",\"metadata\":{\"a\":1}}";
    private static final int LARGE_ENVELOPE_BYTES = 300_000;

    private final TopicNames names;
    private final Random random;
    private int sent;

    HostileRecords(TopicNames names, long seed) {
        this.names = names;
        this.random = new Random(seed);
    }

    /** The next records: some for each topic. */
    List<ProducerRecord<byte[], byte[]>> next() {
        return List.of(
                next(names.raw(), Source.HOSTILE_TICKET),
                next(names.raw(), Source.HOSTILE_TICKET),
                next(names.correctionsSubmitted(), Source.HOSTILE_SUBMISSION),
                next(names.scored(), Source.HOSTILE_SCORED));
    }

    private ProducerRecord<byte[], byte[]> next(String topic, Source source) {
        var record = new ProducerRecord<byte @Nullable [], byte @Nullable []>(topic, key(), value());
        addHeaders(record);
        source.mark(record, sent++);
        return record;
    }

    private byte @Nullable [] key() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise(1 + random.nextInt(1_000));
            case 3 -> "h\n2026-01-01 ERROR forged \u001b[31m\u202e".getBytes(UTF_8);
            case 4 -> "k".repeat(2_000).getBytes(UTF_8);
            default -> ("h-" + random.nextInt(20)).getBytes(UTF_8);
        };
    }

    private void addHeaders(ProducerRecord<?, ?> record) {
        switch (random.nextInt(8)) {
            case 0 -> record.headers().add("content-type", "text/plain".getBytes(UTF_8));
            case 1 -> record.headers().add("triage-queue", "billing".getBytes(UTF_8));
            case 2 ->
                record.headers()
                        .add("__streams.errors.topic", "elsewhere".getBytes(UTF_8))
                        .add("__streams.errors.offset", noise(3));
            case 3 -> {
                for (int i = 0; i < 3_000; i++) {
                    record.headers().add("", null);
                }
            }
            case 4 -> record.headers().add("large", noise(LARGE_ENVELOPE_BYTES));
            case 5 -> record.headers().add("null", null).add("\u0000\u001b[31m", noise(10));
            default -> record.headers().add("ordinary", "yes".getBytes(UTF_8));
        }
    }

    private byte @Nullable [] value() {
        byte[] ticket = TICKET.getBytes(UTF_8);
        return switch (random.nextInt(22)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> Arrays.copyOf(ticket, random.nextInt(ticket.length));
            case 3 -> concat(new byte[] {0, 0, 0, 0, (byte) random.nextInt(9)}, ticket);
            case 4 -> TICKET.getBytes(UTF_16LE);
            case 5 -> concat(new byte[] {(byte) 0xfe, (byte) 0xff}, TICKET.getBytes(UTF_16BE));
            case 6 -> new byte[1 + random.nextInt(50)];
            case 7 -> noise(1 + random.nextInt(5_000));
            case 8 -> text("[".repeat(10_000));
            case 9 -> text("{\"text\":\"x\",\"a\":" + "{\"a\":".repeat(5_000));
            case 10 -> text("{\"text\":\"x\",\"n\":" + "9".repeat(1 + random.nextInt(20_000)) + "}");
            case 11 -> text("{\"text\":\"x\",\"n\":-1e999999,\"m\":0.0e-99999999999999999999}");
            case 12 -> text("{\"" + "f".repeat(50_000) + "\":1,\"text\":\"x\"}");
            case 13 -> text("{" + "\"body\":\"\",".repeat(5_000) + "\"text\":\"x\"}");
            case 14 -> text("{\"text\":\"lone \\ud800 \\u0000 \\u001b[31m\",\"id\":\"\\udfff\"}");
            case 15 -> text("{\"text\":\"" + "1,".repeat(20_000) + "a\"}");
            case 16 -> text("{\"text\":\"" + "x".repeat(1 + random.nextInt(900_000)) + "\"}");
            case 17 -> text("{\"ticket_id\":\"h\",\"labels\":{\"intent\":\"no such\"}}");
            case 18 ->
                text("{\"ticket_id\":\"h\",\"labels\":{\"intent\":\"refund\"},\"submitted_by\":\"" + "b".repeat(100_000)
                        + "\"}");
            case 19 -> text("{\"ticket_id\":[],\"labels\":7,\"submitted_at\":\"tomorrow\"}");
            case 20 -> text("{\"ticket\":{\"id\":\"h\",\"text\":7},\"prediction\":[],\"model\":null}");
            default -> mutated(ticket);
        };
    }

    private byte[] mutated(byte[] bytes) {
        byte[] mutated = bytes.clone();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return mutated;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
