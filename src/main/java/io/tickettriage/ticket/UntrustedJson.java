package io.tickettriage.ticket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects from anyone: the one parser of every role, with its limits. Whatever the bytes are, reading takes time
 * and memory linear in their number, and ends with an object or an {@link InvalidInputException}.
 */
public final class UntrustedJson {
    /** How deep objects and arrays may nest; deeper values overrun the parsers of downstream readers. */
    public static final int MAX_DEPTH = 100;

    private static final byte FRAME_MAGIC = 0;
    // The magic byte and a schema id of four bytes.
    private static final int FRAME_BYTES = 5;
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final JsonFactory JSON = factory(MAX_DEPTH);
    // Two levels more: the object that holds another one.
    private static final JsonFactory WRAPPING_JSON = factory(MAX_DEPTH + 2);

    private UntrustedJson() {}

    /**
     * Names, texts and numbers may be as long as the value, for they are copied, not converted. Charset detection is off: it
     * fails for values that begin with NUL bytes, and reads UTF-16 where the places in the bytes are needed.
     */
    private static JsonFactory factory(int maxDepth) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build();
    }

    /** Reads one field of an object: the parser stands at its name, and is left at the last token of its value. */
    public interface FieldReader {
        void read(JsonParser parser) throws IOException, InvalidInputException;
    }

    /** Checks a value that is the text itself, and returns its bytes. */
    public static byte[] text(byte @Nullable [] value, int maxBytes) throws InvalidInputException {
        byte[] bytes = limited(value, maxBytes);
        requireUtf8(bytes);
        return bytes;
    }

    /** Checks a value and returns the JSON in it: without a byte order mark, or the frame of a schema registry. */
    public static byte[] json(byte @Nullable [] value, int maxBytes) throws InvalidInputException {
        byte[] bytes = limited(value, maxBytes);
        byte[] json = bytes;
        if (bytes[0] == FRAME_MAGIC && Utf16Or32.of(bytes) == Utf16Or32.NEITHER) {
            if (bytes.length <= FRAME_BYTES || bytes[FRAME_BYTES] != '{') {
                throw new InvalidInputException(
                        RejectReason.SCHEMA_REGISTRY_FRAMED,
                        "a schema registry's magic byte and id stand before something that is not JSON");
            }
            json = Arrays.copyOfRange(bytes, FRAME_BYTES, bytes.length);
        } else if (Arrays.equals(bytes, 0, Math.min(3, bytes.length), UTF8_MARK, 0, 3)) {
            json = Arrays.copyOfRange(bytes, UTF8_MARK.length, bytes.length);
        }
        requireUtf8(json);
        return json;
    }

    /** Reads the fields of the object that is all of {@code json}, which {@link #json} has checked. */
    public static void readObject(byte[] json, FieldReader fields) throws InvalidInputException {
        readObject(JSON, json, fields);
    }

    /** As {@link #readObject(byte[], FieldReader)}, for an object one of whose fields is as deep as that may be. */
    public static void readWrappingObject(byte[] json, FieldReader fields) throws InvalidInputException {
        readObject(WRAPPING_JSON, json, fields);
    }

    private static void readObject(JsonFactory factory, byte[] json, FieldReader fields) throws InvalidInputException {
        try (JsonParser parser = factory.createParser(json)) {
            readObject(parser, fields);
        } catch (IOException e) {
            throw new InvalidInputException(RejectReason.INVALID_JSON, "not JSON");
        }
    }

    private static void readObject(JsonParser parser, FieldReader fields) throws InvalidInputException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidInputException(RejectReason.INVALID_JSON, "the value holds only white space");
            }
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                throw new InvalidInputException(
                        RejectReason.NOT_AN_OBJECT, "expected a JSON object, found " + describe(first));
            }
            readFields(parser, fields);
            if (parser.nextToken() != null) {
                long at = parser.currentTokenLocation().getByteOffset();
                throw new InvalidInputException(RejectReason.INVALID_JSON, "more data after the object, at byte " + at);
            }
        } catch (JsonParseException e) {
            long at = e.getLocation().getByteOffset();
            throw new InvalidInputException(RejectReason.INVALID_JSON, "not JSON at byte " + at);
        } catch (IOException | RuntimeException e) {
            // What is left are the parser's own limits; whatever else it may throw is the value's fault as well.
            if (parser.getParsingContext().getNestingDepth() >= MAX_DEPTH) {
                throw new InvalidInputException(RejectReason.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels");
            }
            long at = parser.currentLocation().getByteOffset();
            throw new InvalidInputException(RejectReason.INVALID_JSON, "cannot be read as JSON at byte " + at);
        }
    }

    /** Reads the fields of the object at whose start the parser stands. */
    public static void readFields(JsonParser parser, FieldReader fields) throws IOException, InvalidInputException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            fields.read(parser);
        }
    }

    /** Passes by the value of the field at whose name the parser stands. */
    public static void skipField(JsonParser parser) throws IOException {
        if (parser.nextToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
    }

    /** The error of a field whose value has a type it must not have. */
    public static InvalidInputException wrongType(String field, JsonToken found, String expected) {
        return new InvalidInputException(
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

    private static byte[] limited(byte @Nullable [] value, int maxBytes) throws InvalidInputException {
        if (value == null || value.length == 0) {
            String detail = value == null ? "the value is null" : "the value has no bytes";
            throw new InvalidInputException(RejectReason.EMPTY_VALUE, detail);
        }
        if (value.length > maxBytes) {
            String detail = "the value has " + value.length + " bytes, the limit is " + maxBytes;
            throw new InvalidInputException(RejectReason.TOO_LARGE, detail);
        }
        return value;
    }

    private static void requireUtf8(byte[] bytes) throws InvalidInputException {
        Utf16Or32 encoding = Utf16Or32.of(bytes);
        if (encoding != Utf16Or32.NEITHER) {
            throw new InvalidInputException(
                    RejectReason.UNSUPPORTED_ENCODING, "the value is in " + encoding.title() + ", expected UTF-8");
        }
        int malformed = Utf8.malformedAt(bytes);
        if (malformed >= 0) {
            throw new InvalidInputException(RejectReason.INVALID_UTF8, "malformed UTF-8 at byte " + malformed);
        }
    }
}
