package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.artifact.InvalidArtifactException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of an artifact under reading, with its path, so that every error can say where it is. */
public record ArtifactNode(String path, JsonNode json) {

    public ArtifactNode child(String name) throws InvalidArtifactException {
        JsonNode child = json.path(name);
        if (child.isMissingNode() || child.isNull()) {
            throw new InvalidArtifactException(Problem.CORRUPT, at(name) + " is missing");
        }
        return new ArtifactNode(at(name), child);
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    public List<ArtifactNode> items(String name) throws InvalidArtifactException {
        ArtifactNode list = child(name);
        list.expect(list.json.isArray(), "a list");
        List<ArtifactNode> items = new ArrayList<>(list.json.size());
        for (int i = 0; i < list.json.size(); i++) {
            items.add(new ArtifactNode(list.path + "[" + i + "]", list.json.get(i)));
        }
        return items;
    }

    public Map<String, ArtifactNode> fields(String name) throws InvalidArtifactException {
        ArtifactNode object = child(name);
        object.expect(object.json.isObject(), "an object");
        Map<String, ArtifactNode> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.json.properties()) {
            fields.put(field.getKey(), new ArtifactNode(object.at(field.getKey()), field.getValue()));
        }
        return fields;
    }

    public String string() throws InvalidArtifactException {
        expect(json.isTextual(), "a string");
        return json.textValue();
    }

    public List<String> strings(String name) throws InvalidArtifactException {
        List<String> strings = new ArrayList<>();
        for (ArtifactNode item : items(name)) {
            strings.add(item.string());
        }
        return strings;
    }

    public int integer() throws InvalidArtifactException {
        expect(json.isIntegralNumber() && json.canConvertToInt(), "a whole number");
        return json.intValue();
    }

    public boolean flag() throws InvalidArtifactException {
        expect(json.isBoolean(), "true or false");
        return json.booleanValue();
    }

    public float number() throws InvalidArtifactException {
        expect(json.isNumber(), "a number");
        float value = json.floatValue();
        if (!Float.isFinite(value)) {
            throw new InvalidArtifactException(Problem.INVALID_NUMBER, path + " is " + value);
        }
        return value;
    }

    /** A list of numbers with a known length. */
    public float[] numbers(String name, int expected) throws InvalidArtifactException {
        List<ArtifactNode> items = items(name);
        requireLength(at(name), items.size(), expected, "values");
        float[] numbers = new float[expected];
        for (int i = 0; i < expected; i++) {
            numbers[i] = items.get(i).number();
        }
        return numbers;
    }

    /** An object, or an empty one where there is none. */
    public ObjectNode objectOrEmpty(String name) {
        return json.get(name) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    byte[] base64() throws InvalidArtifactException {
        try {
            byte[] bytes = json.isTextual() ? json.binaryValue() : null;
            if (bytes == null) {
                throw new InvalidArtifactException(Problem.CORRUPT, path + " is not a base64 string");
            }
            return bytes;
        } catch (IOException e) {
            throw new InvalidArtifactException(Problem.CORRUPT, path + " is not base64: " + e.getMessage());
        }
    }

    /** Little-endian float32 values, as many as expected and all finite. */
    float[] floats(int expected) throws InvalidArtifactException {
        byte[] bytes = base64();
        requireLength(path, bytes.length, 4L * expected, "bytes");
        float[] floats = new float[expected];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(floats[i])) {
                throw new InvalidArtifactException(
                        Problem.INVALID_NUMBER, "tensor " + path + ": value " + i + " is " + floats[i]);
            }
        }
        return floats;
    }

    /** Little-endian int32 values. */
    int[] integers() throws InvalidArtifactException {
        byte[] bytes = base64();
        if (bytes.length % 4 != 0) {
            throw new InvalidArtifactException(
                    Problem.WRONG_SHAPE, path + " has " + bytes.length + " bytes, no multiple of 4");
        }
        int[] integers = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(integers);
        return integers;
    }

    /** A quantized matrix: {@code rows}, {@code columns}, {@code weights}, {@code scales}. */
    Int8Matrix matrix(int rows, int columns) throws InvalidArtifactException {
        int foundRows = child("rows").integer();
        int foundColumns = child("columns").integer();
        if (foundRows != rows || foundColumns != columns) {
            throw new InvalidArtifactException(
                    Problem.WRONG_SHAPE,
                    "tensor " + path + " is [" + foundRows + "][" + foundColumns + "], expected [" + rows + "]["
                            + columns + "]");
        }
        byte[] weights = child("weights").base64();
        requireLength(at("weights"), weights.length, (long) rows * columns, "bytes");
        return newMatrix(rows, columns, weights, child("scales").floats(rows));
    }

    public Int8Matrix newMatrix(int rows, int columns, byte[] weights, float[] scales) throws InvalidArtifactException {
        try {
            return new Int8Matrix(rows, columns, weights, scales);
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_NUMBER, "tensor " + path + ": " + e.getMessage());
        }
    }

    public static void requireLength(String path, long found, long expected, String unit)
            throws InvalidArtifactException {
        if (found != expected) {
            throw new InvalidArtifactException(
                    Problem.WRONG_SHAPE, "tensor " + path + " has " + found + " " + unit + ", expected " + expected);
        }
    }

    public void expect(boolean valid, String what) throws InvalidArtifactException {
        if (!valid) {
            throw new InvalidArtifactException(Problem.CORRUPT, path + " is not " + what);
        }
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
