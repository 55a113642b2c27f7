package io.tickettriage.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.tickettriage.model.InvalidArtifactException.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The JSON of artifacts as records: as in the rest of the project, but nothing may be missing, null, or of another type,
 * numbers must be finite, and maps are written in the order of their keys. Every error names the field.
 */
public final class ArtifactJson {
    /** A model of 50,000 terms has 35,000 tokens, one of version 1 about 150,000; each may take some 60 bytes in memory. */
    private static final long MAX_TOKENS = 400_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(
                    JsonFactory.Feature
                            .CHARSET_DETECTION) // Artifacts are UTF-8; the checksum would not see other bytes.
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .withCoercionConfig(LogicalType.Textual, text -> Arrays.stream(CoercionInputShape.values())
                    .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .addModule(new SimpleModule()
                    .addDeserializer(float.class, new FiniteFloat())
                    .addDeserializer(Float.class, new FiniteFloat()))
            .build();

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            byte[].class, "a base64 string",
            String.class, "a string",
            boolean.class, "true or false",
            int.class, "a whole number",
            Integer.class, "a whole number",
            float.class, "a number");

    private ArtifactJson() {}

    /** The JSON object that a file holds: in UTF-8, no field twice, nothing after it. */
    public static ObjectNode parse(byte[] file) throws InvalidArtifactException {
        try {
            if (MAPPER.readTree(file) instanceof ObjectNode object) {
                return object;
            }
            throw Problem.CORRUPT.because("not a JSON object");
        } catch (IOException e) {
            throw notJson(file, e);
        }
    }

    /**
     * The first of the object's own fields that has one of these names and is a whole number, 0 if none is. Nothing is
     * kept in memory, and nothing after that field is read.
     */
    public static int firstNumber(byte[] file, Set<String> names) throws InvalidArtifactException {
        try (JsonParser json = FACTORY.createParser(file)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.CORRUPT.because("not a JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && names.contains(name)) {
                    return json.getIntValue();
                }
                json.skipChildren();
            }
            return 0;
        } catch (IOException e) {
            throw notJson(file, e);
        }
    }

    private static InvalidArtifactException notJson(byte[] file, IOException e) {
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return Problem.CORRUPT.because("not JSON at byte "
                    + json.getLocation().getByteOffset() + " of " + file.length + ": " + json.getOriginalMessage());
        }
        return Problem.CORRUPT.because("not readable: " + e.getMessage());
    }

    /** Reads those fields of an object that a record has. */
    public static <T> T read(ObjectNode json, Class<T> type) throws InvalidArtifactException {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonMappingException e) {
            throw invalid(json, e);
        } catch (JsonProcessingException e) {
            throw Problem.CORRUPT.because(e.getOriginalMessage());
        }
    }

    public static ObjectNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static InvalidArtifactException invalid(ObjectNode root, JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        JsonNode found = root;
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName();
            found = name == null ? found.path(step.getIndex()) : found.path(name);
            path.append(name == null ? "[" + step.getIndex() + "]" : (path.isEmpty() ? "" : ".") + name);
        }
        if (found.isMissingNode() || found.isNull()) {
            return Problem.CORRUPT.because(path + " is missing");
        }
        if (e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException cause) {
            return Problem.INVALID_CONTENT.because(path + ": " + cause.getMessage());
        }
        if (e instanceof InvalidTypeIdException type) {
            return type.getTypeId() == null
                    ? Problem.CORRUPT.because(path + ".type is missing")
                    : Problem.INVALID_CONTENT.because(path + ".type is unknown: \"" + type.getTypeId() + '"');
        }
        if (e instanceof InvalidFormatException format && format.getValue() instanceof Float) {
            return Problem.INVALID_NUMBER.because(path + " is " + format.getValue());
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            Class<?> type = mismatch.getTargetType();
            String other = Collection.class.isAssignableFrom(type) ? "a list" : "an object";
            return type.isEnum()
                    ? Problem.INVALID_CONTENT.because(
                            path + " is " + found + ", expected one of " + MAPPER.valueToTree(type.getEnumConstants()))
                    : Problem.CORRUPT.because(path + " is not " + EXPECTED.getOrDefault(type, other));
        }
        return Problem.CORRUPT.because(path + ": " + e.getOriginalMessage());
    }

    private static final class FiniteFloat extends StdScalarDeserializer<Float> {
        FiniteFloat() {
            super(float.class);
        }

        @Override
        public Float deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                throw MismatchedInputException.from(parser, float.class, "not a number");
            }
            float value = parser.getFloatValue();
            if (!Float.isFinite(value)) {
                throw InvalidFormatException.from(parser, "not finite", value, float.class);
            }
            return value;
        }
    }
}
