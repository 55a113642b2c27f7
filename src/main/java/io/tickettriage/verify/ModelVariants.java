package io.tickettriage.verify;

import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.model.artifact.ModelArtifact.GoldenTicket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Models that answer the same ticket differently: the program's own, and others that differ from it in their temperatures and
 * so in their confidence and in what they send to review.
 *
 * @param published those that are published
 * @param models version → model, the program's own too
 */
record ModelVariants(List<Variant> published, Map<String, TicketModel> models) {
    /** How many are published. */
    static final int COUNT = 3;

    private static final float[] TEMPERATURE_FACTORS = {0.7f, 1.6f, 2.5f};

    /** A model to publish. */
    record Variant(String version, byte[] artifact) {}

    static ModelVariants create() throws IOException {
        ModelArtifact own = ArtifactFile.read(null);
        List<Variant> variants = new ArrayList<>();
        Map<String, TicketModel> models = new HashMap<>();
        models.put(own.model().version(), own.model());
        for (int i = 0; i < COUNT; i++) {
            String version = "variant-" + (i + 1);
            byte[] artifact = ArtifactWriter.write(variant(own, version, TEMPERATURE_FACTORS[i]));
            variants.add(new Variant(version, artifact));
            models.put(version, ArtifactFile.read(artifact, version).model());
        }
        return new ModelVariants(variants, models);
    }

    private static ModelArtifact variant(ModelArtifact own, String version, float factor) {
        TicketModel model = own.model();
        List<Head> heads = model.heads().stream()
                .map(head -> head.withTemperature(head.temperature() * factor))
                .toList();
        TicketModel other =
                new TicketModel(version, "", model.formatVersion(), heads, model.reviewPolicy(), model.network());
        Predictor predictor = other.newPredictor();
        List<GoldenTicket> golden =
                own.golden().stream().map(ticket -> golden(ticket, predictor)).toList();
        return new ModelArtifact(other, own.notes(), golden);
    }

    private static GoldenTicket golden(GoldenTicket ticket, Predictor predictor) {
        Map<String, List<Float>> scores = new HashMap<>();
        for (HeadPrediction answer :
                predictor.predict(ticket.text(), ticket.metadata()).heads()) {
            List<Float> ofHead = new ArrayList<>();
            for (float score : answer.scores()) {
                ofHead.add(score);
            }
            scores.put(answer.head().name(), ofHead);
        }
        return new GoldenTicket(ticket.text(), ticket.metadata(), scores);
    }
}
