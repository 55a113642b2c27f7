package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model and what its makers wrote down about it: the content of an artifact file.
 *
 * @param model what scores
 * @param notes what is known about the model; does not take part in scoring
 * @param golden tickets with the scores the model gave when it was made
 */
public record ModelArtifact(TicketModel model, Notes notes, List<GoldenTicket> golden) {

    /**
     * What is known about a model, as JSON objects.
     *
     * @param metrics its scores on the rows it was judged on
     * @param reference the distribution of its labels, confidences and unknown words, for drift
     * @param provenance what it was made from: data, counts, seed, settings, parent
     * @param build where and when the file was written; outside the promise of equal bytes
     */
    public record Notes(ObjectNode metrics, ObjectNode reference, ObjectNode provenance, ObjectNode build) {
        /** Nothing is known. */
        public static Notes none() {
            JsonNodeFactory json = JsonNodeFactory.instance;
            return new Notes(json.objectNode(), json.objectNode(), json.objectNode(), json.objectNode());
        }
    }

    /**
     * A ticket and the scores it must get.
     *
     * @param scores per head, in label order
     */
    public record GoldenTicket(String text, Map<String, String> metadata, Map<String, List<Float>> scores) {}

    private static final float GOLDEN_TOLERANCE = 1e-4f;

    public ModelArtifact {
        golden = List.copyOf(golden);
    }

    /** Scores the golden tickets and refuses the artifact if one comes out differently. */
    public void replayGolden() throws InvalidArtifactException {
        Predictor predictor = model.newPredictor();
        for (int i = 0; i < golden.size(); i++) {
            GoldenTicket ticket = golden.get(i);
            for (HeadPrediction answer :
                    predictor.predict(ticket.text(), ticket.metadata()).heads()) {
                List<Float> expected =
                        ticket.scores().getOrDefault(answer.head().name(), List.of());
                checkScores(i, answer, expected);
            }
        }
    }

    private static void checkScores(int ticket, HeadPrediction answer, List<Float> expected)
            throws InvalidArtifactException {
        String head = answer.head().name();
        if (expected.size() != answer.scores().length) {
            throw new InvalidArtifactException(
                    InvalidArtifactException.Problem.GOLDEN_MISMATCH,
                    "golden[" + ticket + "]: head " + head + " has " + expected.size() + " scores for "
                            + answer.scores().length + " labels");
        }
        for (int k = 0; k < expected.size(); k++) {
            if (!(Math.abs(answer.scores()[k] - expected.get(k)) <= GOLDEN_TOLERANCE)) {
                throw new InvalidArtifactException(
                        InvalidArtifactException.Problem.GOLDEN_MISMATCH,
                        "golden[" + ticket + "]: " + head + "."
                                + answer.head().labels().get(k) + " scores " + answer.scores()[k] + ", stored is "
                                + expected.get(k));
            }
        }
    }

    /** The seed of its training; empty where the provenance has none. */
    public OptionalLong seed() {
        JsonNode seed = notes.provenance().path("seed");
        return seed.isIntegralNumber() ? OptionalLong.of(seed.longValue()) : OptionalLong.empty();
    }

    /** The version of the model it was trained from; empty where it was trained from nothing. */
    public Optional<String> parent() {
        return Optional.ofNullable(notes.provenance().get("parent"))
                .map(JsonNode::asText)
                .filter(version -> !version.isEmpty());
    }

    /** Whether the promotion gate refused it against its parent. */
    public boolean refused() {
        return notes.provenance().path("gate").path("verdict").asText().equals("refused");
    }

    /** The same model, to be published although the gate refused it: its provenance says so, and it has no name yet. */
    public ModelArtifact forced() {
        ObjectNode provenance = notes.provenance().deepCopy();
        provenance.withObject("/gate").put("forced", true);
        return new ModelArtifact(
                new TicketModel("", "", model.formatVersion(), model.heads(), model.reviewPolicy(), model.network()),
                new Notes(notes.metrics(), notes.reference(), provenance, notes.build()),
                golden);
    }
}
