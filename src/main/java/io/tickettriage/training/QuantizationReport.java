package io.tickettriage.training;

import io.tickettriage.model.ArgMax;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.fit.FloatNetwork;
import io.tickettriage.training.fit.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What quantization changes: predictions of all heads in which the float network and the int8 one differ, and the largest
 * and mean absolute difference of two logits.
 */
public record QuantizationReport(
        int rows, int predictions, List<Change> changes, double largestDifference, double meanDifference) {
    /** A prediction that differs: the row's id, the head, the label of the float weights, that of the int8 weights. */
    public record Change(String row, String head, String exact, String quantized) {}

    static QuantizationReport of(FloatNetwork weights, TicketModel model, List<TrainingRow> rows) {
        EmbeddingBagNetwork network = (EmbeddingBagNetwork) model.network();
        TextEncoder encoder = new TextEncoder(network.config(), network.vocabulary());
        ForwardPass pass = network.newForwardPass();
        List<Change> changes = new ArrayList<>();
        int predictions = 0;
        double largest = 0;
        double sum = 0;
        long logits = 0;
        for (TrainingRow row : rows) {
            float[] exact = weights.logits(encoder.encode(row).features());
            pass.run(row.text(), row.metadata());
            float[] quantized = pass.logits();
            for (int k = 0; k < exact.length; k++) {
                double difference = Math.abs(exact[k] - quantized[k]);
                largest = Math.max(largest, difference);
                sum += difference;
                logits++;
            }
            int offset = 0;
            for (Head head : model.heads()) {
                if (head.outputs() == 0) {
                    continue;
                }
                int before = ArgMax.label(exact, offset, head.outputs());
                int after = ArgMax.label(quantized, offset, head.outputs());
                if (before != after) {
                    changes.add(new Change(row.example().id(), head.name(), label(head, before), label(head, after)));
                }
                predictions++;
                offset += head.outputs();
            }
        }
        return new QuantizationReport(rows.size(), predictions, changes, largest, logits == 0 ? 0 : sum / logits);
    }

    private static String label(Head head, int output) {
        return output < head.labels().size() ? head.labels().get(output) : "(other)";
    }
}
