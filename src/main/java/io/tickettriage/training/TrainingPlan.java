package io.tickettriage.training;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.training.fit.Calibrator;
import io.tickettriage.training.fit.Hyperparameters;
import io.tickettriage.training.fit.VocabularyBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings of a training: the content of {@code config/training.yaml}.
 *
 * @param seed of everything random
 * @param refit whether the shipped network learns from validation rows too, all but the holdout, once temperatures, thresholds
 *     and figures are known from one that did not see them
 * @param golden texts whose scores the artifact carries, for its readers to replay
 */
public record TrainingPlan(
        long seed,
        double validationShare,
        boolean refit,
        Text text,
        VocabularyBuilder.Limits vocabulary,
        Hyperparameters fit,
        Calibrator.ReviewGoal review,
        Synthesis synthesis,
        Retrain retrain,
        List<String> golden) {
    /** How text becomes features, see {@link TokenizerConfig}; {@code aliases}: word → the spellings it replaces. */
    public record Text(
            Map<String, List<String>> aliases,
            List<String> negators,
            int negationWindow,
            int phraseWords,
            int minFragment,
            int maxFragment,
            int maxTokens) {
        TokenizerConfig rules(List<String> metadata) {
            Map<String, String> bySpelling = new TreeMap<>();
            aliases.forEach((word, spellings) -> spellings.forEach(spelling -> {
                String other = bySpelling.put(spelling, word);
                if (other != null) {
                    throw new IllegalArgumentException(
                            "text.aliases: \"" + spelling + "\" is read as \"" + other + "\" and as \"" + word + "\"");
                }
            }));
            return new TokenizerConfig(
                    bySpelling, negators, negationWindow, phraseWords, minFragment, maxFragment, maxTokens, metadata);
        }
    }

    /**
     * How synthetic rows are generated.
     *
     * @param perTemplate rows of each template at most
     * @param leadInSource the source of whose rows {@code leadInShare} get a lead-in, a sentence before or after
     * @param intentHead the head whose labels decide which lead-ins fit
     * @param sentimentHead the head that is unknown afterwards
     */
    public record Synthesis(
            int perTemplate,
            float weight,
            String leadInSource,
            double leadInShare,
            String intentHead,
            String sentimentHead) {}

    /**
     * How corrections are learnt from a parent.
     *
     * @param steps about how many batches are learnt, however many rehearsal rows there are
     * @param correctionWeight of a correction in the loss, next to 1 for a row a person wrote
     * @param seenPerEpoch how many corrections an epoch has at least: where there are fewer, each comes several times, with
     *     less weight. A step of the optimiser is as large for a rare word whatever its row weighs, so only more of them help
     * @param heldBackShare the share of corrected tickets that are held back for the gate
     */
    public record Retrain(
            int steps,
            float learningRate,
            float correctionWeight,
            int seenPerEpoch,
            double heldBackShare,
            int newTerms) {}

    public TrainingPlan {
        if (Arrays.asList(text, vocabulary, fit, review, synthesis, retrain).contains(null)) {
            throw new IllegalArgumentException("text, vocabulary, fit, review, synthesis and retrain must be there");
        }
        if (!(validationShare > 0 && validationShare < 0.9)) {
            throw new IllegalArgumentException(
                    "validation_share is " + validationShare + ", expected above 0, below 0.9");
        }
    }

    /** The same plan with another seed. */
    public TrainingPlan withSeed(long otherSeed) {
        return new TrainingPlan(
                otherSeed, validationShare, refit, text, vocabulary, fit, review, synthesis, retrain, golden);
    }
}
