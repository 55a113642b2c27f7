package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.ticket.DecodedTicket;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the corrections role keeps of a scored ticket: its text and what was predicted, nothing else.
 *
 * @param predicted head → label
 */
record KnownTicket(String text, Map<String, String> metadata, Map<String, String> predicted, String modelVersion) {

    KnownTicket {
        metadata = new TreeMap<>(metadata);
        predicted = new TreeMap<>(predicted);
    }

    /** Reads the value of {@code tickets.scored}; empty if it is none. */
    static Optional<KnownTicket> ofScored(JsonNode scored, TicketDecoder decoder) {
        byte[] ticket = scored.path("ticket").toString().getBytes(UTF_8);
        DecodedTicket decoded = decoder.decode(RawTicket.ofJson(ticket, "tickets.scored", 0));
        if (!(decoded instanceof Ticket read)) {
            return Optional.empty();
        }
        Map<String, String> predicted = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> head : scored.path("prediction").properties()) {
            predicted.put(head.getKey(), head.getValue().path("label").asText());
        }
        return Optional.of(new KnownTicket(
                read.text(),
                read.metadata(),
                predicted,
                scored.path("model").path("version").asText("")));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("text", text);
        ObjectNode m = json.putObject("metadata");
        metadata.forEach(m::put);
        ObjectNode p = json.putObject("predicted");
        predicted.forEach(p::put);
        json.put("model_version", modelVersion);
        return json;
    }

    static KnownTicket fromJson(JsonNode json) {
        return new KnownTicket(
                json.path("text").asText(),
                strings(json.path("metadata")),
                strings(json.path("predicted")),
                json.path("model_version").asText());
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }
}
