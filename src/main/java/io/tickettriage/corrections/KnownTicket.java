package io.tickettriage.corrections;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickettriage.ticket.DecodedTicket;
import io.tickettriage.ticket.InvalidInputException;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectedTicket;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import io.tickettriage.ticket.UntrustedJson;
import io.tickettriage.ticket.Utf8;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the corrections role keeps of a scored ticket: its text and what was predicted, head → label, nothing else. */
record KnownTicket(String text, Map<String, String> metadata, Map<String, String> predicted, String modelVersion)
        implements CorrectionJoin.Event {
    private static final TicketDecoder TICKETS = new TicketDecoder(Integer.MAX_VALUE);

    KnownTicket {
        metadata = new TreeMap<>(metadata);
        predicted = new TreeMap<>(predicted);
    }

    /** Reads a value of {@code tickets.scored}, in one pass; of the ticket's own JSON only the place is kept. */
    static KnownTicket read(byte @Nullable [] value, int maxBytes) throws InvalidInputException {
        byte[] json = UntrustedJson.json(value, maxBytes);
        Fields fields = new Fields(json);
        UntrustedJson.readWrappingObject(json, fields::read);
        DecodedTicket decoded = TICKETS.decode(RawTicket.ofJson(fields.ticket, "tickets.scored", 0));
        if (decoded instanceof RejectedTicket rejected) {
            throw new InvalidInputException(rejected.reason(), "ticket: " + rejected.detail());
        }
        Ticket ticket = (Ticket) decoded;
        Map<String, String> metadata = new TreeMap<>();
        ticket.metadata()
                .forEach((name, fact) ->
                        metadata.put(Utf8.replaceLoneSurrogates(name), Utf8.replaceLoneSurrogates(fact)));
        return new KnownTicket(
                Utf8.replaceLoneSurrogates(ticket.text()), metadata, fields.predicted, fields.modelVersion);
    }

    /** The fields of a scored ticket that mean something here. */
    private static final class Fields {
        private final byte[] json;
        private byte[] ticket = {};
        private final Map<String, String> predicted = new TreeMap<>();
        private String modelVersion = "";

        Fields(byte[] json) {
            this.json = json;
        }

        void read(JsonParser parser) throws IOException, InvalidInputException {
            switch (parser.currentName()) {
                case "ticket" -> {
                    parser.nextToken();
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    ticket = Arrays.copyOfRange(
                            json, start, (int) parser.currentLocation().getByteOffset());
                }
                case "prediction" -> readObject(parser, "prediction", this::readAnswer);
                case "model" ->
                    readObject(parser, "model", field -> text(field, "version")
                            .ifPresent(version -> modelVersion = version));
                default -> UntrustedJson.skipField(parser);
            }
        }

        private void readAnswer(JsonParser parser) throws IOException, InvalidInputException {
            String head = Utf8.replaceLoneSurrogates(parser.currentName());
            readObject(
                    parser, "an answer", field -> text(field, "label").ifPresent(label -> predicted.put(head, label)));
        }

        private static void readObject(JsonParser parser, String name, UntrustedJson.FieldReader fields)
                throws IOException, InvalidInputException {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT) {
                throw UntrustedJson.wrongType(name, token, "an object");
            }
            UntrustedJson.readFields(parser, fields);
        }

        /** The text of the field at which the parser stands, if it has that name and is a string; else it is passed by. */
        private static Optional<String> text(JsonParser parser, String name) throws IOException {
            if (!parser.currentName().equals(name)) {
                UntrustedJson.skipField(parser);
                return Optional.empty();
            }
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                return Optional.of(Utf8.replaceLoneSurrogates(parser.getText()));
            }
            parser.skipChildren();
            return Optional.empty();
        }
    }
}
