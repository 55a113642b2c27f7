package io.tickettriage.training.fit;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Trains networks: chooses the vocabulary, learns the weights of an embedding bag by gradient descent, and keeps those of
 * the epoch that is best on the validation rows.
 *
 * <p>All randomness comes from one seed; the autograd engine itself draws none.
 */
public record Trainer(
        HeadLayout layout, TokenizerConfig tokenizer, Hyperparameters settings, TextAugmenter augmenter, long seed) {
    private static final float FIRST_WEIGHT = 0.1f;
    private static final VocabularyBuilder.Limits NEW_TERMS = new VocabularyBuilder.Limits(Integer.MAX_VALUE, 0, 2);

    /** Chooses the vocabulary of the rows' texts, some of them in another style as well. */
    public Vocabulary vocabulary(List<TrainingRow> rows, VocabularyBuilder.Limits limits) {
        return count(rows, settings.regularization().noiseShare()).build(limits);
    }

    /** A vocabulary with the terms that occur in two or more of the rows' texts, the most informative first. */
    Vocabulary extended(Vocabulary vocabulary, List<TrainingRow> rows, int limit) {
        List<String> terms = new ArrayList<>(vocabulary.terms());
        count(rows, 0).build(NEW_TERMS).terms().stream()
                .filter(term -> vocabulary.row(Vocabulary.fingerprint(term)) < 0)
                .limit(limit)
                .forEach(terms::add);
        return new Vocabulary(terms, vocabulary.charNgrams());
    }

    private VocabularyBuilder count(List<TrainingRow> rows, float noiseShare) {
        SplittableRandom random = new SplittableRandom(seed);
        Targets targets = new Targets(layout, rows, settings.loss());
        VocabularyBuilder builder = new VocabularyBuilder(tokenizer, layout);
        for (TrainingRow row : rows) {
            builder.add(row.text(), row.metadata(), targets.of(row));
            if (random.nextDouble() < noiseShare) {
                builder.add(augmenter.vary(row.text(), random), row.metadata(), targets.of(row));
            }
        }
        return builder;
    }

    /** Trains an ensemble and merges it; of each member the weights of its best epoch, without validation its last. */
    public FloatNetwork train(Vocabulary vocabulary, Split split, Consumer<EpochReport> progress) {
        List<FloatNetwork> members = new ArrayList<>();
        for (int member = 0; member < settings.size().ensemble(); member++) {
            long memberSeed = seed + 1000L * member;
            FloatNetwork start = start(vocabulary, memberSeed + 1);
            members.add(descend(start, split, memberSeed + 2, progress));
        }
        return members.size() == 1 ? members.get(0) : Ensemble.mean(members);
    }

    /** Continues training from {@code start}, without validation rows. */
    FloatNetwork continueFrom(FloatNetwork start, List<TrainingRow> rows, Consumer<EpochReport> progress) {
        return descend(start, new Split(rows, List.of()), seed + 3, progress);
    }

    /** Weights to start from: small random ones in the bag and the output, no biases. */
    private FloatNetwork start(Vocabulary vocabulary, long startSeed) {
        SplittableRandom random = new SplittableRandom(startSeed);
        int dimensions = settings.size().dimensions();
        float[] bag = random(vocabulary.size() * dimensions, FIRST_WEIGHT, random);
        double range = Math.sqrt(6.0 / (dimensions + layout.logits()));
        float[] output = random(layout.logits() * dimensions, range, random);
        return new FloatNetwork(vocabulary, dimensions, bag, output, new float[layout.logits()]);
    }

    private static float[] random(int n, double range, SplittableRandom random) {
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            weights[i] = (float) random.nextDouble(-range, range);
        }
        return weights;
    }

    /** One gradient descent: epochs of batches, each epoch validated, the best one kept. */
    private FloatNetwork descend(FloatNetwork start, Split split, long descentSeed, Consumer<EpochReport> progress) {
        List<TrainingRow> training = split.training();
        TextEncoder encoder = new TextEncoder(tokenizer, start.vocabulary());
        Targets targets = new Targets(layout, training, settings.loss());
        EpochBatches batches = new EpochBatches(training, encoder, targets, settings, augmenter, descentSeed);
        Validation validated = new Validation(layout, split.validation(), encoder);
        Hyperparameters.Schedule schedule = settings.schedule();
        long begin = System.nanoTime();
        FloatNetwork best = start;
        double bestScore = Double.NEGATIVE_INFINITY;
        int epochsSinceBest = 0;
        try (TorchNetwork network = new TorchNetwork(layout, settings, start, batches.perEpoch() * schedule.epochs())) {
            for (int epoch = 1; epoch <= schedule.epochs() && epochsSinceBest < schedule.patience(); epoch++) {
                double loss = 0;
                for (Iterator<Batch> left = batches.next(); left.hasNext(); ) {
                    Batch batch = left.next();
                    loss += network.step(batch) * batch.rows();
                }
                FloatNetwork weights = network.weights();
                Map<String, Double> macroF1 = validated.macroF1(weights);
                double score = macroF1.values().stream()
                        .mapToDouble(f1 -> f1)
                        .average()
                        .orElse(epoch);
                boolean better = score > bestScore;
                if (better) {
                    best = weights;
                    bestScore = score;
                }
                epochsSinceBest = better ? 0 : epochsSinceBest + 1;
                double meanLoss = loss / training.size();
                Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
                progress.accept(new EpochReport(epoch, schedule.epochs(), meanLoss, macroF1, score, better, elapsed));
            }
        }
        return best;
    }
}
