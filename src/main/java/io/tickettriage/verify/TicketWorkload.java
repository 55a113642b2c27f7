package io.tickettriage.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.verify.history.History.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Seeded tickets and corrections of them. A third of the tickets are further versions of an earlier one, with the next number
 * in {@code seq}. Corrections name tickets that came, and some that are still to come; their times are all different and in no
 * order, so that what must come of them does not depend on the order in which they arrive.
 */
final class TicketWorkload {
    private static final List<String> OPENINGS = List.of(
            "hello, ",
            "hi there. ",
            "",
            "",
            "this is urgent! ",
            "third time I write: ",
            "good morning, ",
            "please help: ");
    private static final List<String> MATTERS = List.of(
            "I was charged twice for my order and want a refund",
            "the app crashes whenever I open the settings",
            "where is my parcel, it should have been here on monday",
            "what does the enterprise plan cost for 40 seats",
            "I cannot log in, the reset mail never arrives",
            "please cancel my subscription at the end of the month",
            "the box arrived damaged and half of it is missing",
            "could we see a demo of the reporting module",
            "your support has been wonderful, thank you",
            "change the delivery address of my order",
            "it would be great to export all tickets as a spreadsheet",
            "the invoice of march shows the wrong company name",
            "qwrtz plk mnbv xcy",
            "wo ist meine bestellung geblieben");
    private static final List<String> ENDINGS =
            List.of("", ".", "!!", " asap", ", thanks", " - what now?", " \u00e4\u00f6\u00fc \ud83d\ude21");
    private static final List<String> PRODUCTS = List.of("desk", "cloud", "mobile");
    // One of so many tickets is a version of an earlier one; gets a correction; one of so many corrections is a
    // retraction.
    private static final int VERSIONS = 3;
    private static final int CORRECTED = 5;
    private static final int RETRACTIONS = 8;
    private static final int LATEST = 40;
    private static final int AHEAD = 30;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    // Prime to each other: the products of the second with 0, 1, 2 … are all different, and in no order.
    private static final long TIMES = 1_000_003;
    private static final long STRIDE = 7_919;

    private final TopicNames names;
    private final Taxonomy taxonomy;
    private final Random random;
    private final Map<Integer, Integer> versions = new HashMap<>();
    private int tickets;
    private int records;
    private int submissions;

    TicketWorkload(TopicNames names, Taxonomy taxonomy, long seed) {
        this.names = names;
        this.taxonomy = taxonomy;
        this.random = new Random(seed);
    }

    /** The next ticket, and the corrections that are sent with it. */
    List<ProducerRecord<byte[], byte[]>> next() {
        List<ProducerRecord<byte[], byte[]>> next = new ArrayList<>();
        boolean version = tickets > 0 && random.nextInt(VERSIONS) == 0;
        next.add(ticket(version ? Math.max(0, tickets - 1 - random.nextInt(LATEST)) : tickets++));
        while (random.nextInt(CORRECTED) == 0) {
            next.add(submission(Math.max(0, tickets - LATEST + random.nextInt(LATEST + AHEAD))));
        }
        return next;
    }

    private ProducerRecord<byte[], byte[]> ticket(int number) {
        ObjectNode ticket = Json.MAPPER.createObjectNode();
        String id = "T-" + number;
        ticket.put("id", id).put("seq", versions.merge(number, 1, Integer::sum));
        ticket.put("text", pick(OPENINGS) + pick(MATTERS) + pick(ENDINGS));
        ticket.putObject("metadata").put("product", pick(PRODUCTS));
        var record = new ProducerRecord<>(names.raw(), id.getBytes(UTF_8), Json.bytes(ticket));
        Source.TICKET.mark(record, records++);
        return record;
    }

    private ProducerRecord<byte[], byte[]> submission(int number) {
        ObjectNode submission = Json.MAPPER.createObjectNode();
        String id = "T-" + number;
        submission.put("ticket_id", id);
        if (random.nextInt(RETRACTIONS) == 0) {
            submission.putNull("labels");
        } else {
            ObjectNode labels = submission.putObject("labels");
            List<Taxonomy.HeadSpec> heads = taxonomy.heads();
            for (int i = 0; i < 1 + random.nextInt(2); i++) {
                Taxonomy.HeadSpec head = pick(heads);
                labels.put(head.name(), pick(head.labels()));
            }
        }
        submission.put("submitted_by", "agent-" + random.nextInt(9));
        long seconds = submissions * STRIDE % TIMES;
        submission.put("submitted_at", LONG_AGO.plusSeconds(seconds).toString());
        // Under its ticket's key or under none: it must reach its ticket either way.
        byte[] key = random.nextBoolean() ? id.getBytes(UTF_8) : new byte[] {(byte) random.nextInt()};
        var record = new ProducerRecord<>(names.correctionsSubmitted(), key, Json.bytes(submission));
        Source.SUBMISSION.mark(record, submissions++);
        return record;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
