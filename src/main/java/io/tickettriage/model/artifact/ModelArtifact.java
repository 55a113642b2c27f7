package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The content of an artifact file: a model, notes on how it was made, and the scores it gave some tickets then. */
public record ModelArtifact(TicketModel model, Notes notes, List<GoldenTicket> golden) {
    /**
     * What is known about a model: its figures on the validation rows; the distribution of its labels, confidences and
     * unknown words, for drift; what it was trained from (data, counts, seed, settings, parent); where and when the
     * file was written, which the checksum does not cover.
     */
    public record Notes(ObjectNode metrics, ObjectNode reference, ObjectNode provenance, ObjectNode build) {}

    /** A ticket and the scores it must get, per head in label order. */
    public record GoldenTicket(String text, Map<String, String> metadata, Map<String, List<Float>> scores) {}

    private static final float GOLDEN_TOLERANCE = 1e-4f;

    public ModelArtifact {
        golden = List.copyOf(golden);
    }

    /** Scores the golden tickets and refuses the artifact if a score differs from the stored one. */
    public void replayGolden() throws InvalidArtifactException {
        Predictor predictor = model.newPredictor();
        for (int i = 0; i < golden.size(); i++) {
            GoldenTicket ticket = golden.get(i);
            Prediction prediction = predictor.predict(ticket.text(), ticket.metadata());
            for (HeadPrediction answer : prediction.heads()) {
                checkScores("golden[" + i + "]: ", answer, ticket.scores());
            }
        }
    }

    private static void checkScores(String at, HeadPrediction answer, Map<String, List<Float>> stored)
            throws InvalidArtifactException {
        String head = answer.head().name();
        List<Float> expected = stored.getOrDefault(head, List.of());
        float[] scores = answer.scores();
        if (expected.size() != scores.length) {
            throw Problem.GOLDEN_MISMATCH.because(
                    at + "head " + head + " has " + expected.size() + " scores for " + scores.length + " labels");
        }
        for (int k = 0; k < scores.length; k++) {
            if (!(Math.abs(scores[k] - expected.get(k)) <= GOLDEN_TOLERANCE)) {
                String label = head + "." + answer.head().labels().get(k);
                throw Problem.GOLDEN_MISMATCH.because(
                        at + label + " scores " + scores[k] + ", stored is " + expected.get(k));
            }
        }
    }

    public OptionalLong seed() {
        JsonNode seed = notes.provenance().path("seed");
        return seed.isIntegralNumber() ? OptionalLong.of(seed.longValue()) : OptionalLong.empty();
    }

    /** Whether the promotion gate refused it against its parent. */
    public boolean refused() {
        return notes.provenance().path("gate").path("verdict").asText().equals("refused");
    }

    /** The same model, to be published although the gate refused it: its provenance says so, and it has no name yet. */
    public ModelArtifact forced() {
        ObjectNode provenance = notes.provenance().deepCopy();
        provenance.withObject("/gate").put("forced", true);
        TicketModel unnamed =
                new TicketModel("", "", model.formatVersion(), model.heads(), model.reviewPolicy(), model.network());
        Notes forced = new Notes(notes.metrics(), notes.reference(), provenance, notes.build());
        return new ModelArtifact(unnamed, forced, golden);
    }
}
