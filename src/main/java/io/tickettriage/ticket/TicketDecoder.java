package io.tickettriage.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the value of a {@code tickets.raw} record: tolerant of what it does not know, strict about what it uses. Fields
 * the decoder does not read are copied to {@link Ticket#passThroughFields} byte for byte. Of a field given twice the
 * last one counts; where the decoder reads the field, only the last one is sent on. Never throws for bad input. Safe
 * for use by several threads.
 */
public final class TicketDecoder {
    /** How many UTF-8 bytes an id may have: it becomes a record key and a log field. */
    public static final int MAX_ID_BYTES = 256;

    private final int maxBytes;

    public TicketDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    public DecodedTicket decode(RawTicket raw) {
        try {
            return raw.plainText()
                    ? plainText(raw, UntrustedJson.text(raw.value(), maxBytes))
                    : new JsonTicket(raw, UntrustedJson.json(raw.value(), maxBytes)).read();
        } catch (InvalidInputException e) {
            return new RejectedTicket(e.reason(), e.detail());
        }
    }

    private static Ticket plainText(RawTicket raw, byte[] value) throws InvalidInputException {
        String text = Ticket.joinText("", "", new String(value, UTF_8));
        if (text.isEmpty()) {
            throw new InvalidInputException(RejectReason.NO_TEXT, "the text is blank");
        }
        String field =
                "\"text\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        return new Ticket(fallbackId(raw), text, Map.of(), field.getBytes(UTF_8));
    }

    private static String fallbackId(RawTicket raw) {
        return Optional.ofNullable(raw.key())
                .filter(key -> key.length > 0 && key.length <= MAX_ID_BYTES)
                .flatMap(Utf8::decode)
                .orElseGet(() -> raw.topic() + "-" + raw.partition() + "-" + raw.offset());
    }

    /** The reading of one JSON object, in one pass: of fields the decoder does not know, only the place is kept. */
    private static final class JsonTicket {
        private final RawTicket raw;
        private final byte[] json;
        private final PassThroughFields passThrough;
        private final Map<String, String> topLevelScalars = new LinkedHashMap<>(4);
        private Map<String, String> metadata = Map.of();
        private String id = "";
        private String subject = "";
        private String body = "";
        private String description = "";
        private String message = "";
        private String text = "";

        JsonTicket(RawTicket raw, byte[] json) {
            this.raw = raw;
            this.json = json;
            this.passThrough = new PassThroughFields(json);
        }

        Ticket read() throws InvalidInputException {
            UntrustedJson.readObject(json, this::readField);
            String otherText = Ticket.isBlank(description) ? message : description;
            String joined = Ticket.joinText(subject, Ticket.isBlank(body) ? otherText : body, text);
            if (joined.isEmpty()) {
                throw new InvalidInputException(
                        RejectReason.NO_TEXT, "none of text, subject, body, description, message holds any text");
            }
            if (!topLevelScalars.isEmpty()) {
                topLevelScalars.putAll(metadata);
                metadata = topLevelScalars;
            }
            return new Ticket(id.isEmpty() ? fallbackId(raw) : id, joined, metadata, passThrough.toBytes());
        }

        private void readField(JsonParser parser) throws IOException, InvalidInputException {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean known = true;
            switch (name) {
                case "id" -> id = idOf(parser, token);
                case "subject" -> subject = textOf(parser, token, name);
                case "body" -> body = textOf(parser, token, name);
                case "description" -> description = textOf(parser, token, name);
                case "message" -> message = textOf(parser, token, name);
                case "text" -> text = textOf(parser, token, name);
                case "metadata" -> metadata = metadataOf(parser, token);
                default -> {
                    known = false;
                    boolean hasValue = token.isScalarValue() && token != JsonToken.VALUE_NULL;
                    if (hasValue && parser.getTextLength() <= MAX_ID_BYTES) {
                        topLevelScalars.put(name, parser.getText());
                    } else if (token.isStructStart()) {
                        parser.skipChildren();
                    } else {
                        parser.finishToken();
                    }
                }
            }
            if (!name.equals("id")) {
                int end = (int) parser.currentLocation().getByteOffset();
                if (known) {
                    passThrough.addOnce(name, start, end);
                } else {
                    passThrough.add(start, end);
                }
            }
        }

        private static String idOf(JsonParser parser, JsonToken token) throws IOException, InvalidInputException {
            if (token == JsonToken.VALUE_NULL) {
                return "";
            }
            if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
                throw UntrustedJson.wrongType("id", token, "a string or a number");
            }
            String id = Utf8.replaceLoneSurrogates(parser.getText());
            if (Ticket.isBlank(id)) {
                return "";
            }
            if (id.length() > MAX_ID_BYTES || id.getBytes(UTF_8).length > MAX_ID_BYTES) {
                throw new InvalidInputException(
                        RejectReason.INVALID_FIELD, "id is longer than " + MAX_ID_BYTES + " bytes of UTF-8");
            }
            return id;
        }

        private static String textOf(JsonParser parser, JsonToken token, String name)
                throws IOException, InvalidInputException {
            if (token == JsonToken.VALUE_NULL) {
                return "";
            }
            if (token != JsonToken.VALUE_STRING) {
                throw UntrustedJson.wrongType(name, token, "a string");
            }
            return parser.getText();
        }

        private static Map<String, String> metadataOf(JsonParser parser, JsonToken token)
                throws IOException, InvalidInputException {
            if (token == JsonToken.VALUE_NULL) {
                return Map.of();
            }
            if (token != JsonToken.START_OBJECT) {
                throw UntrustedJson.wrongType("metadata", token, "an object of scalars");
            }
            Map<String, String> metadata = new LinkedHashMap<>();
            UntrustedJson.readFields(parser, field -> {
                String name = field.currentName();
                JsonToken scalar = field.nextToken();
                if (scalar.isStructStart()) {
                    field.skipChildren();
                } else if (scalar != JsonToken.VALUE_NULL) {
                    metadata.put(name, field.getText());
                }
            });
            return metadata;
        }
    }
}
