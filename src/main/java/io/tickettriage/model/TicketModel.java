package io.tickettriage.model;

import io.tickettriage.taxonomy.Derivation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A loaded model: everything a prediction depends on, in one immutable object, so that a record never sees parts of
 * two.
 *
 * @param version its name, on every output
 * @param sha256 the checksum of its artifact, hexadecimal; empty for version 1, which has none
 */
public record TicketModel(
        String version,
        String sha256,
        int formatVersion,
        List<Head> heads,
        ReviewPolicy reviewPolicy,
        Network network) {

    /** Their labels become headers of every ticket. */
    private static final int MAX_HEADS = 64;

    public TicketModel {
        heads = List.copyOf(heads);
        if (heads.size() > MAX_HEADS) {
            throw new IllegalArgumentException("has " + heads.size() + " heads, at most " + MAX_HEADS + " are allowed");
        }
        Set<String> names = new HashSet<>();
        for (Head head : heads) {
            if (!names.add(head.name())) {
                throw new IllegalArgumentException("head \"" + head.name() + "\" is there twice");
            }
        }
        Derivation.checkAll(heads);
        long routing = heads.stream().filter(h -> h.roles().routing()).count();
        if (routing != 1) {
            throw new IllegalArgumentException("one head must route, " + routing + " do");
        }
    }

    public Head routingHead() {
        return heads.stream().filter(h -> h.roles().routing()).findFirst().orElseThrow();
    }

    public Predictor newPredictor() {
        return new Predictor(this);
    }
}
