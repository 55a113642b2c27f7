package io.tickettriage.training;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.TicketModel;
import io.tickettriage.text.TicketFeatures;
import io.tickettriage.text.Tokenizer;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.fit.FloatNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What int8 costs: the float network and the quantized one, row by row.
 *
 * @param rows how many were compared
 * @param changedAnswers how many answers of softmax heads differ, over all heads
 * @param answers how many answers there were
 * @param changes each of them
 * @param largestDifference between two logits
 * @param meanDifference between two logits, without sign
 */
public record RoundingReport(
        int rows,
        int changedAnswers,
        int answers,
        List<Change> changes,
        double largestDifference,
        double meanDifference) {

    /** An answer that rounding changed: the row's id, the head, the label of the float weights, that of the int8 weights. */
    public record Change(String row, String head, String exact, String rounded) {}

    /** Copies the list. */
    public RoundingReport {
        changes = List.copyOf(changes);
    }

    static RoundingReport of(FloatNetwork weights, TicketModel model, List<TrainingRow> rows) {
        EmbeddingBagNetwork network = (EmbeddingBagNetwork) model.network();
        Tokenizer scanner = new Tokenizer(network.config());
        TicketFeatures features = new TicketFeatures();
        ForwardPass pass = network.newForwardPass();
        List<Change> changes = new ArrayList<>();
        int answers = 0;
        double largest = 0;
        double sum = 0;
        long logits = 0;
        for (TrainingRow row : rows) {
            scanner.tokenize(row.text(), row.example().metadata(), features);
            network.vocabulary().retain(features);
            float[] exact = weights.logits(Arrays.copyOf(features.ids(), features.size()));
            pass.run(row.text(), row.example().metadata());
            float[] rounded = pass.logits();
            for (int k = 0; k < exact.length; k++) {
                double difference = Math.abs(exact[k] - rounded[k]);
                largest = Math.max(largest, difference);
                sum += difference;
                logits++;
            }
            int offset = 0;
            for (var head : model.heads()) {
                int before = best(exact, offset, head.outputs());
                int after = best(rounded, offset, head.outputs());
                if (before != after) {
                    changes.add(new Change(
                            row.example().id(),
                            head.name(),
                            head.labels().get(before),
                            head.labels().get(after)));
                }
                answers++;
                offset += head.outputs();
            }
        }
        return new RoundingReport(
                rows.size(), changes.size(), answers, changes, largest, logits == 0 ? 0 : sum / logits);
    }

    private static int best(float[] logits, int offset, int outputs) {
        if (outputs == 1) {
            return logits[offset] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < outputs; k++) {
            best = logits[offset + k] > logits[offset + best] ? k : best;
        }
        return best;
    }
}
