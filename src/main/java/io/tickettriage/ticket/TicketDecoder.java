package io.tickettriage.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the value of a {@code tickets.raw} record: tolerant of what it does not know, strict about what it uses. Fields
 * the decoder does not read are copied to {@link Ticket#passThroughFields} byte for byte. Of a field given twice the
 * last one counts; where the decoder reads the field, only the last one is sent on. Never throws for bad input. Safe
 * for use by several threads.
 */
public final class TicketDecoder {
    /** How deep objects and arrays may nest; deeper values overrun the parsers of downstream readers. */
    public static final int MAX_DEPTH = 100;
    /** How many UTF-8 bytes an id may have: it becomes a record key and a log field. */
    public static final int MAX_ID_BYTES = 256;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final int maxBytes;

    public TicketDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    public DecodedTicket decode(RawTicket raw) {
        byte[] value = raw.value();
        if (value == null || value.length == 0) {
            String detail = value == null ? "the value is null" : "the value has no bytes";
            return new RejectedTicket(RejectReason.EMPTY_VALUE, detail);
        }
        if (value.length > maxBytes) {
            String detail = "the value has " + value.length + " bytes, the limit is " + maxBytes;
            return new RejectedTicket(RejectReason.TOO_LARGE, detail);
        }
        int malformed = Utf8.malformedAt(value);
        if (malformed >= 0) {
            return new RejectedTicket(RejectReason.INVALID_UTF8, "malformed UTF-8 at byte " + malformed);
        }
        try {
            return raw.plainText() ? plainText(raw, value) : new JsonTicket(raw, value).read();
        } catch (Rejection e) {
            return e.ticket;
        }
    }

    private static DecodedTicket plainText(RawTicket raw, byte[] value) throws Rejection {
        String text = Ticket.joinText("", "", new String(value, UTF_8));
        if (text.isEmpty()) {
            throw new Rejection(RejectReason.NO_TEXT, "the text is blank");
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
        private final byte[] value;
        private final PassThroughFields passThrough;
        private final Map<String, String> topLevelScalars = new LinkedHashMap<>(4);
        private Map<String, String> metadata = Map.of();
        private String id = "";
        private String subject = "";
        private String body = "";
        private String description = "";
        private String message = "";
        private String text = "";

        JsonTicket(RawTicket raw, byte[] value) {
            this.raw = raw;
            this.value = value;
            this.passThrough = new PassThroughFields(value);
        }

        DecodedTicket read() throws Rejection {
            try (JsonParser parser = JSON.createParser(value)) {
                JsonToken first = parser.nextToken();
                if (first == null) {
                    throw new Rejection(RejectReason.INVALID_JSON, "the value holds only white space");
                }
                if (first != JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    throw new Rejection(RejectReason.NOT_AN_OBJECT, "expected a JSON object, found " + describe(first));
                }
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    readField(parser);
                }
                if (parser.nextToken() != null) {
                    long at = parser.currentTokenLocation().getByteOffset();
                    throw new Rejection(RejectReason.INVALID_JSON, "more data after the object, at byte " + at);
                }
            } catch (StreamConstraintsException e) {
                throw new Rejection(RejectReason.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels");
            } catch (JsonParseException e) {
                long at = e.getLocation().getByteOffset();
                throw new Rejection(RejectReason.INVALID_JSON, "not JSON at byte " + at);
            } catch (IOException e) {
                throw new UncheckedIOException("reading from an array cannot fail", e);
            }
            String otherText = Ticket.isBlank(description) ? message : description;
            String joined = Ticket.joinText(subject, Ticket.isBlank(body) ? otherText : body, text);
            if (joined.isEmpty()) {
                throw new Rejection(
                        RejectReason.NO_TEXT, "none of text, subject, body, description, message holds any text");
            }
            if (!topLevelScalars.isEmpty()) {
                topLevelScalars.putAll(metadata);
                metadata = topLevelScalars;
            }
            return new Ticket(id.isEmpty() ? fallbackId(raw) : id, joined, metadata, passThrough.toBytes());
        }

        private void readField(JsonParser parser) throws IOException, Rejection {
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
                passThrough.add(known ? name : null, start, end);
            }
        }

        private static String idOf(JsonParser parser, JsonToken token) throws IOException, Rejection {
            if (token == JsonToken.VALUE_NULL) {
                return "";
            }
            if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
                throw wrongType("id", token, "a string or a number");
            }
            String id = Utf8.replaceLoneSurrogates(parser.getText());
            if (Ticket.isBlank(id)) {
                return "";
            }
            if (id.length() > MAX_ID_BYTES || id.getBytes(UTF_8).length > MAX_ID_BYTES) {
                throw new Rejection(
                        RejectReason.INVALID_FIELD, "id is longer than " + MAX_ID_BYTES + " bytes of UTF-8");
            }
            return id;
        }

        private static String textOf(JsonParser parser, JsonToken token, String name) throws IOException, Rejection {
            if (token == JsonToken.VALUE_NULL) {
                return "";
            }
            if (token != JsonToken.VALUE_STRING) {
                throw wrongType(name, token, "a string");
            }
            return parser.getText();
        }

        private static Map<String, String> metadataOf(JsonParser parser, JsonToken token)
                throws IOException, Rejection {
            if (token == JsonToken.VALUE_NULL) {
                return Map.of();
            }
            if (token != JsonToken.START_OBJECT) {
                throw wrongType("metadata", token, "an object of scalars");
            }
            Map<String, String> metadata = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken scalar = parser.nextToken();
                if (scalar.isStructStart()) {
                    parser.skipChildren();
                } else if (scalar != JsonToken.VALUE_NULL) {
                    metadata.put(name, parser.getText());
                }
            }
            return metadata;
        }

        private static Rejection wrongType(String field, JsonToken found, String expected) {
            return new Rejection(
                    RejectReason.INVALID_FIELD, field + " is " + describe(found) + ", expected " + expected);
        }

        private static String describe(JsonToken token) {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_STRING -> "a string";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                default -> token.name().toLowerCase(Locale.ROOT).replace("value_", "");
            };
        }
    }

    /** Ends the reading of one ticket; it never leaves the decoder. */
    private static final class Rejection extends Exception {
        private final transient RejectedTicket ticket;

        Rejection(RejectReason reason, String detail) {
            super(detail, null, false, false);
            this.ticket = new RejectedTicket(reason, detail);
        }
    }
}
