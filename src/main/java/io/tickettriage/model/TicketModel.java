package io.tickettriage.model;

import java.util.List;

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

    public TicketModel {
        heads = List.copyOf(heads);
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
