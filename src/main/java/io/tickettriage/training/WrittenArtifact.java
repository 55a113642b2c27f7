package io.tickettriage.training;

import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An artifact as the bytes of its file, and the same read back and validated. */
public record WrittenArtifact(byte[] bytes, ModelArtifact artifact) {
    /** Writes a model; the scores of the texts {@code golden} go with it, for readers to replay. */
    static WrittenArtifact of(TicketModel model, ModelCard card, List<String> golden) {
        byte[] bytes = ArtifactWriter.write(new ModelArtifact(model, card.notes(), golden(model, golden)));
        try {
            return new WrittenArtifact(bytes, ArtifactReader.read(bytes));
        } catch (InvalidArtifactException e) {
            throw new IllegalStateException("the artifact just written cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<ModelArtifact.GoldenTicket> golden(TicketModel model, List<String> texts) {
        Predictor predictor = model.newPredictor();
        List<ModelArtifact.GoldenTicket> golden = new ArrayList<>();
        for (String text : texts) {
            Map<String, List<Float>> scores = new LinkedHashMap<>();
            for (HeadPrediction head : predictor.predict(text, Map.of()).heads()) {
                List<Float> values = new ArrayList<>();
                for (float score : head.scores()) {
                    values.add(score);
                }
                scores.put(head.head().name(), values);
            }
            golden.add(new ModelArtifact.GoldenTicket(text, Map.of(), scores));
        }
        return golden;
    }
}
