package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.ArtifactJson;
import io.tickettriage.taxonomy.Derivation;

/**
 * The field {@code derived} of a head, which only heads that follow from another have: artifacts from before there were such
 * heads are written with the bytes, and so the checksum, that they were read with.
 */
final class DerivedField {
    private static final String NAME = "derived";
    private static final ObjectNode NONE = ArtifactJson.tree(Derivation.NONE);

    private DerivedField() {}

    /** Gives it to every head of an artifact that has none, since every component of a record must be there. */
    static void addMissing(ObjectNode artifact) {
        for (JsonNode head : artifact.path("heads")) {
            if (head instanceof ObjectNode fields && !fields.has(NAME)) {
                fields.set(NAME, NONE);
            }
        }
    }

    /** Takes it from every head of an artifact that answers by itself. */
    static void removeEmpty(ObjectNode artifact) {
        for (JsonNode head : artifact.path("heads")) {
            if (head instanceof ObjectNode fields && NONE.equals(fields.get(NAME))) {
                fields.remove(NAME);
            }
        }
    }
}
