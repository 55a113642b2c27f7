package io.tickettriage.format;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The YAML of configuration files: records whose components are the fields, in snake case. Unknown fields
 * are errors, and so is nothing in a list or map; a list or map that is not there is empty.
 */
public final class Yaml {
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL);
    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .withConfigOverride(List.class, list -> list.setSetterInfo(EMPTY))
            .withConfigOverride(Map.class, map -> map.setSetterInfo(EMPTY))
            .build();

    private Yaml() {}

    /**
     * Reads a file that came from {@code source}; an error, of reading or of what it says, begins with {@code
     * source:line}.
     */
    public static <T> T read(InputStream yaml, String source, Class<T> type) throws IOException {
        return read(new String(yaml.readAllBytes(), StandardCharsets.UTF_8), source, type);
    }

    /** As {@link #read(InputStream, String, Class)}, of a file's text. */
    public static <T> T read(String yaml, String source, Class<T> type) throws IOException {
        return readOptional(yaml, source, type).orElseThrow(() -> new IOException(source + ":1: the file is empty"));
    }

    /** As {@link #read(InputStream, String, Class)}; empty where the file has only comments, or nothing. */
    public static <T> Optional<T> readOptional(String yaml, String source, Class<T> type) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(yaml);
            if (tree.isMissingNode() || tree.isNull()) {
                return Optional.empty();
            }
            T value = MAPPER.readValue(yaml, type);
            try (JsonParser parser = MAPPER.createParser(yaml)) {
                parser.nextToken();
                requireKnownFields(parser, MAPPER.valueToTree(value));
            }
            return Optional.of(value);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            // What a record's constructor says is clearer than what the mapper makes of it.
            String problem = e.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null
                    ? cause.getMessage()
                    : e.getOriginalMessage();
            throw new IOException(source + ":" + line + ": " + problem, e);
        }
    }

    /** The mapper itself overlooks unknown fields beside {@code @JsonUnwrapped} groups. */
    private static void requireKnownFields(JsonParser parser, JsonNode known) throws IOException {
        if (parser.isExpectedStartArrayToken()) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                requireKnownFields(parser, known.path(i));
            }
        } else if (parser.isExpectedStartObjectToken()) {
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                if (known.isObject() && !known.has(field)) {
                    throw new JsonParseException(parser, "unknown field \"" + field + '"');
                }
                parser.nextToken();
                requireKnownFields(parser, known.path(field));
            }
        }
    }
}
