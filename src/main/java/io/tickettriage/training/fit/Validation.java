package io.tickettriage.training.fit;

import io.tickettriage.model.ArgMax;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The validation rows of a training, encoded once: they choose the epoch. */
final class Validation {
    private record Example(TrainingRow row, int[] features) {}

    private final HeadLayout layout;
    private final List<Example> examples;

    Validation(HeadLayout layout, List<TrainingRow> rows, TextEncoder encoder) {
        this.layout = layout;
        this.examples = rows.stream()
                .map(row -> new Example(row, encoder.encode(row).features()))
                .toList();
    }

    /** Head → macro-F1, for the heads the rows have labels of. */
    Map<String, Double> macroF1(FloatNetwork network) {
        Map<String, ConfusionMatrix> matrices = new LinkedHashMap<>();
        for (Example example : examples) {
            float[] logits = network.logits(example.features());
            for (HeadLayout.Place place : layout.places()) {
                int truth = place.label(example.row());
                if (truth >= 0 && place.logits() > 0) {
                    List<String> labels = place.head().labels();
                    int predicted = place.logits() == 1
                            ? ArgMax.label(logits, place.firstLogit(), 1)
                            : ArgMax.of(logits, place.firstLogit(), place.labels());
                    matrices.computeIfAbsent(place.name(), head -> new ConfusionMatrix(labels))
                            .add(truth, predicted);
                }
            }
        }
        Map<String, Double> macroF1 = new LinkedHashMap<>();
        matrices.forEach((head, matrix) -> macroF1.put(head, matrix.macroF1()));
        return macroF1;
    }
}
