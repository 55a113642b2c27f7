package io.tickettriage.training;

import io.tickettriage.model.BagNetwork;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.TicketModel;
import io.tickettriage.text.TextScanner;
import io.tickettriage.text.TicketFeatures;
import io.tickettriage.training.dataset.TrainingRow;
import io.tickettriage.training.fit.FloatNetwork;
import java.util.Arrays;
import java.util.List;

/**
 * What int8 costs: the float network and the quantized one, row by row.
 *
 * @param rows how many were compared
 * @param changedAnswers how many answers of softmax heads differ, over all heads
 * @param answers how many answers there were
 * @param largestDifference between two logits
 * @param meanDifference between two logits, without sign
 */
public record RoundingReport(
        int rows, int changedAnswers, int answers, double largestDifference, double meanDifference) {

    static RoundingReport of(FloatNetwork weights, TicketModel model, List<TrainingRow> rows) {
        BagNetwork network = (BagNetwork) model.network();
        TextScanner scanner = new TextScanner(network.rules());
        TicketFeatures features = new TicketFeatures();
        ForwardPass pass = network.newForwardPass();
        int changed = 0;
        int answers = 0;
        double largest = 0;
        double sum = 0;
        long logits = 0;
        for (TrainingRow row : rows) {
            scanner.scan(row.text(), row.example().metadata(), features);
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
                changed += best(exact, offset, head.outputs()) == best(rounded, offset, head.outputs()) ? 0 : 1;
                answers++;
                offset += head.outputs();
            }
        }
        return new RoundingReport(rows.size(), changed, answers, largest, logits == 0 ? 0 : sum / logits);
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
