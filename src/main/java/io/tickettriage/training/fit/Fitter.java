package io.tickettriage.training.fit;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Chooses the vocabulary and learns the weights. */
public final class Fitter {
    /**
     * How a vocabulary is chosen.
     *
     * @param terms words and phrases at most
     * @param fragments character n-grams at most
     * @param minDocuments texts in which a term must occur
     */
    public record VocabularyLimits(int terms, int fragments, int minDocuments) {}

    private static final float FIRST_WEIGHT = 0.1f;

    private final HeadLayout layout;
    private final TokenizerConfig rules;
    private final Hyperparameters settings;
    private final Augmentation augmentation;
    private final long seed;

    /** A fitter with these settings. */
    public Fitter(
            HeadLayout layout, TokenizerConfig rules, Hyperparameters settings, Augmentation augmentation, long seed) {
        this.layout = layout;
        this.rules = rules;
        this.settings = settings;
        this.augmentation = augmentation;
        this.seed = seed;
    }

    /** Chooses the vocabulary of the texts, each as it is and once in another style. */
    public Vocabulary vocabulary(List<TrainingRow> rows, VocabularyLimits limits) {
        SplittableRandom random = new SplittableRandom(seed);
        Targets targets = targets(rows);
        VocabularyBuilder builder = new VocabularyBuilder(rules, layout.columns());
        for (TrainingRow row : rows) {
            builder.add(row.text(), row.example().metadata(), targets.of(row));
            if (random.nextDouble() < settings.noiseShare()) {
                builder.add(augmentation.vary(row.text(), random), row.example().metadata(), targets.of(row));
            }
        }
        return builder.build(
                layout, new VocabularyBuilder.Limits(limits.terms(), limits.fragments(), limits.minDocuments()));
    }

    /** Weights to start from: small random ones in the bag and the output, no biases. */
    public FloatNetwork start(Vocabulary vocabulary) {
        return start(vocabulary, seed);
    }

    private FloatNetwork start(Vocabulary vocabulary, long memberSeed) {
        SplittableRandom random = new SplittableRandom(memberSeed + 1);
        int dimensions = settings.dimensions();
        float[] bag = new float[vocabulary.size() * dimensions];
        float[] output = new float[layout.logits() * dimensions];
        for (int i = 0; i < bag.length; i++) {
            bag[i] = (float) random.nextDouble(-FIRST_WEIGHT, FIRST_WEIGHT);
        }
        double range = Math.sqrt(6.0 / (dimensions + layout.logits()));
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) random.nextDouble(-range, range);
        }
        return new FloatNetwork(dimensions, bag, output, new float[layout.logits()]);
    }

    /** Learns from {@code split.training()}; of each member of the committee the weights that judge best are kept. */
    public FloatNetwork fit(Vocabulary vocabulary, Split split, Consumer<EpochReport> progress) {
        List<FloatNetwork> members = new ArrayList<>();
        for (int member = 0; member < settings.committee(); member++) {
            long memberSeed = seed + 1000L * member;
            BagTrainer trainer =
                    new BagTrainer(layout, settings, new TextEncoder(rules, vocabulary), augmentation, memberSeed + 2);
            members.add(trainer.train(
                    start(vocabulary, memberSeed),
                    split.training(),
                    split.validation(),
                    targets(split.training()),
                    progress));
        }
        return members.size() == 1 ? members.get(0) : Committee.mean(members);
    }

    /** Adds to a vocabulary the terms that occur in two or more of the rows' texts, the most telling first. */
    public Vocabulary extend(Vocabulary old, List<TrainingRow> rows, int limit) {
        Targets targets = targets(rows);
        VocabularyBuilder builder = new VocabularyBuilder(rules, layout.columns());
        rows.forEach(row -> builder.add(row.text(), row.example().metadata(), targets.of(row)));
        List<String> terms = new ArrayList<>(old.terms());
        builder.build(layout, new VocabularyBuilder.Limits(Integer.MAX_VALUE, 0, 2)).terms().stream()
                .filter(term -> old.row(Vocabulary.fingerprint(term)) < 0)
                .limit(limit)
                .forEach(terms::add);
        return new Vocabulary(terms, old.charNgrams());
    }

    /** Goes on learning from {@code start}; the weights of the last epoch are kept. */
    public FloatNetwork goOn(
            FloatNetwork start, Vocabulary vocabulary, List<TrainingRow> rows, Consumer<EpochReport> progress) {
        BagTrainer trainer =
                new BagTrainer(layout, settings, new TextEncoder(rules, vocabulary), augmentation, seed + 3);
        return trainer.train(start, rows, List.of(), targets(rows), progress);
    }

    private Targets targets(List<TrainingRow> rows) {
        return new Targets(
                layout,
                new ArrayList<>(rows),
                settings.filledWeight(),
                settings.classBalance(),
                settings.headWeights());
    }
}
