package io.tickettriage.training.fit;

import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Learns the weights of an embedding bag by gradient descent, and keeps those of the epoch that judges best.
 *
 * <p>All randomness comes from one seed; the engine itself draws none.
 */
final class BagTrainer {
    /** Batches are cut from runs of this many, sorted by length, so that little of a batch is padding. */
    private static final int BATCHES_IN_RUN = 24;

    private final HeadLayout layout;
    private final Hyperparameters settings;
    private final TextEncoder encoder;
    private final Augmentation augmentation;
    private final SplittableRandom random;

    BagTrainer(HeadLayout layout, Hyperparameters settings, TextEncoder encoder, Augmentation augmentation, long seed) {
        this.layout = layout;
        this.settings = settings;
        this.encoder = encoder;
        this.augmentation = augmentation;
        this.random = new SplittableRandom(seed);
    }

    /** Trains from {@code start} and returns the best epoch's weights; the last one's where no row judges. */
    FloatNetwork train(
            FloatNetwork start,
            List<TrainingRow> training,
            List<TrainingRow> validation,
            Targets targets,
            Consumer<EpochReport> progress) {
        List<Example> examples =
                training.stream().map(row -> example(row, targets)).toList();
        List<Example> judging =
                validation.stream().map(row -> example(row, targets)).toList();
        int steps = (examples.size() + settings.batchRows() - 1) / settings.batchRows() * settings.epochs();
        long begin = System.nanoTime();
        FloatNetwork best = start;
        double bestSelection = Double.NEGATIVE_INFINITY;
        int sinceBest = 0;
        try (TorchBag torch = new TorchBag(layout, settings, start, steps)) {
            for (int epoch = 1; epoch <= settings.epochs() && sinceBest < settings.patience(); epoch++) {
                double loss = epoch(torch, examples);
                FloatNetwork now = torch.weights();
                Map<String, Double> macroF1 = judge(now, judging);
                double selection = macroF1.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(epoch);
                boolean better = selection > bestSelection;
                if (better) {
                    best = now;
                    bestSelection = selection;
                }
                sinceBest = better ? 0 : sinceBest + 1;
                Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
                progress.accept(new EpochReport(epoch, settings.epochs(), loss, macroF1, selection, better, elapsed));
            }
        }
        return best;
    }

    private record Example(TrainingRow row, EncodedText text, float[] targets) {}

    private Example example(TrainingRow row, Targets targets) {
        return new Example(row, encoder.encode(row.text(), row.example().metadata()), targets.of(row));
    }

    private double epoch(TorchBag torch, List<Example> examples) {
        List<Batch.Row> rows = new ArrayList<>(examples.size());
        for (Example example : shuffled(examples)) {
            rows.add(new Batch.Row(drop(read(example)), example.targets()));
        }
        int run = settings.batchRows() * BATCHES_IN_RUN;
        List<List<Batch.Row>> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += run) {
            List<Batch.Row> sorted = new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + run)));
            sorted.sort(Comparator.comparingInt(row -> row.features().length));
            for (int i = 0; i < sorted.size(); i += settings.batchRows()) {
                batches.add(sorted.subList(i, Math.min(sorted.size(), i + settings.batchRows())));
            }
        }
        double loss = 0;
        for (List<Batch.Row> batch : shuffled(batches)) {
            loss += torch.step(Batch.of(batch, layout.columns())) * batch.size();
        }
        return loss / rows.size();
    }

    private EncodedText read(Example example) {
        if (random.nextDouble() >= settings.noiseShare()) {
            return example.text();
        }
        String varied = augmentation.vary(example.row().text(), random);
        return encoder.encode(varied, example.row().example().metadata());
    }

    private int[] drop(EncodedText text) {
        boolean[] dropped = new boolean[text.tokens()];
        for (int t = 0; t < dropped.length; t++) {
            dropped[t] = random.nextDouble() < settings.wordDropout();
        }
        int[] kept = new int[text.rows().length];
        int n = 0;
        for (int i = 0; i < kept.length; i++) {
            int owner = text.owners()[i];
            if ((owner < 0 || !dropped[owner]) && random.nextDouble() >= settings.featureDropout()) {
                kept[n++] = text.rows()[i];
            }
        }
        return java.util.Arrays.copyOf(kept, n);
    }

    private Map<String, Double> judge(FloatNetwork network, List<Example> judging) {
        Map<String, ConfusionMatrix> matrices = new LinkedHashMap<>();
        for (Example example : judging) {
            float[] logits = network.logits(example.text().rows());
            for (HeadLayout.Place place : layout.places()) {
                int truth = Targets.label(place, example.row());
                if (truth >= 0) {
                    matrices.computeIfAbsent(
                                    place.head().name(),
                                    h -> new ConfusionMatrix(place.head().labels()))
                            .add(truth, answer(place, logits));
                }
            }
        }
        Map<String, Double> macroF1 = new LinkedHashMap<>();
        matrices.forEach((head, matrix) -> macroF1.put(head, matrix.macroF1()));
        return macroF1;
    }

    private static int answer(HeadLayout.Place place, float[] logits) {
        if (place.sigmoid()) {
            return logits[place.firstLogit()] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < place.logits(); k++) {
            if (logits[place.firstLogit() + k] > logits[place.firstLogit() + best]) {
                best = k;
            }
        }
        return best;
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T swapped = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, swapped);
        }
        return shuffled;
    }
}
