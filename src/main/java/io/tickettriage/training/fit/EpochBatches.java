package io.tickettriage.training.fit;

import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** The training rows as the network meets them: each epoch shuffled, augmented and thinned out anew, cut into batches. */
final class EpochBatches {
    /** Batches are cut from runs of this many, sorted by length, so that little of a batch is padding. */
    private static final int BATCHES_IN_RUN = 24;

    private record Example(TrainingRow row, TextEncoder.Encoded text, float[] targets) {}

    private final List<Example> examples;
    private final TextEncoder encoder;
    private final Hyperparameters.Regularization settings;
    private final TextAugmenter augmenter;
    private final int batchRows;
    private final SplittableRandom random;

    EpochBatches(
            List<TrainingRow> rows,
            TextEncoder encoder,
            Targets targets,
            Hyperparameters settings,
            TextAugmenter augmenter,
            long seed) {
        this.examples = rows.stream()
                .map(row -> new Example(row, encoder.encode(row), targets.of(row)))
                .toList();
        this.encoder = encoder;
        this.settings = settings.regularization();
        this.augmenter = augmenter;
        this.batchRows = settings.schedule().batchRows();
        this.random = new SplittableRandom(seed);
    }

    /** How many batches an epoch has. */
    int perEpoch() {
        return (examples.size() + batchRows - 1) / batchRows;
    }

    /** The batches of the next epoch, each padded when it is asked for. */
    Iterator<Batch> next() {
        List<Batch.Row> rows = new ArrayList<>(examples.size());
        for (Example example : shuffled(examples)) {
            rows.add(new Batch.Row(dropOut(augment(example)), example.targets()));
        }
        List<List<Batch.Row>> batches = new ArrayList<>();
        for (List<Batch.Row> run : parts(rows, batchRows * BATCHES_IN_RUN)) {
            List<Batch.Row> sorted = new ArrayList<>(run);
            sorted.sort(Comparator.comparingInt(row -> row.features().length));
            batches.addAll(parts(sorted, batchRows));
        }
        return shuffled(batches).stream().map(Batch::of).iterator();
    }

    private TextEncoder.Encoded augment(Example example) {
        if (random.nextDouble() >= settings.noiseShare()) {
            return example.text();
        }
        TrainingRow row = example.row();
        return encoder.encode(augmenter.vary(row.text(), random), row.metadata());
    }

    /** The features that are left after word and feature dropout. */
    private int[] dropOut(TextEncoder.Encoded text) {
        boolean[] dropped = new boolean[text.tokens()];
        for (int t = 0; t < dropped.length; t++) {
            dropped[t] = random.nextDouble() < settings.wordDropout();
        }
        int[] kept = new int[text.features().length];
        int n = 0;
        for (int i = 0; i < kept.length; i++) {
            int owner = text.owners()[i];
            if ((owner < 0 || !dropped[owner]) && random.nextDouble() >= settings.featureDropout()) {
                kept[n++] = text.features()[i];
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /** A list cut into parts of {@code size}, the last of which may be shorter. */
    private static <T> List<List<T>> parts(List<T> list, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            parts.add(list.subList(from, Math.min(list.size(), from + size)));
        }
        return parts;
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }
}
