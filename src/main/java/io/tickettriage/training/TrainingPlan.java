package io.tickettriage.training;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.training.data.YamlFile;
import io.tickettriage.training.fit.Fitter;
import io.tickettriage.training.fit.HeadTuner;
import io.tickettriage.training.fit.Hyperparameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings of a training: the content of {@code config/training.yaml}.
 *
 * @param seed of everything random
 * @param validationShare of the rows that judge
 * @param refit whether the shipped network learns from all rows, once temperatures, thresholds and figures are known from one
 *     that did not see the rows that judge
 * @param text how text becomes features
 * @param vocabulary how features are chosen
 * @param fit the settings of the network and its descent
 * @param review how thresholds are chosen
 * @param synthesis how many rows are made, and what they count
 * @param retrain how corrections are learnt
 * @param golden texts whose scores the artifact carries, for its readers to replay
 */
public record TrainingPlan(
        long seed,
        double validationShare,
        boolean refit,
        Text text,
        Fitter.VocabularyLimits vocabulary,
        Hyperparameters fit,
        HeadTuner.ReviewGoal review,
        Synthesis synthesis,
        Retrain retrain,
        List<String> golden) {

    /**
     * How text becomes features; see {@link TokenizerConfig}.
     *
     * @param aliases word → the spellings that are read as it
     */
    public record Text(
            Map<String, List<String>> aliases,
            List<String> negators,
            int negationWindow,
            int phraseWords,
            int minFragment,
            int maxFragment,
            int maxTokens) {

        /** The rules, with the taxonomy's metadata. */
        public TokenizerConfig rules(List<String> metadata) {
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
     * How synthetic rows are made.
     *
     * @param perTemplate rows of each template at most
     * @param weight what one counts
     * @param leadInSource the source whose rows get something else said before or after
     * @param leadInShare the share of its rows that get it
     * @param intentHead the head the lead-ins speak of
     * @param sentimentHead the head they leave open
     */
    public record Synthesis(
            int perTemplate,
            float weight,
            String leadInSource,
            double leadInShare,
            String intentHead,
            String sentimentHead) {}

    /**
     * How corrections are learnt from a parent's weights.
     *
     * @param steps about how many batches are learnt, however many rows there are to remember by
     * @param learningRate of Adam at the start
     * @param correctionWeight what a correction counts, next to a row a person wrote
     * @param heldBackShare the share of corrected tickets that judge
     * @param newTerms how many terms may be added
     */
    public record Retrain(int steps, float learningRate, float correctionWeight, double heldBackShare, int newTerms) {
        Hyperparameters settings(Hyperparameters fit, int rows) {
            int epochs = Math.max(1, Math.round((float) steps * fit.batchRows() / rows));
            return new Hyperparameters(
                    1,
                    fit.dimensions(),
                    epochs,
                    epochs,
                    fit.batchRows(),
                    learningRate,
                    fit.weightDecay(),
                    fit.featureDropout(),
                    fit.wordDropout(),
                    fit.noiseShare(),
                    fit.filledWeight(),
                    fit.classBalance(),
                    fit.focalGamma(),
                    fit.headWeights());
        }
    }

    /** Checks what the parts do not. */
    public TrainingPlan {
        golden = golden == null ? List.of() : List.copyOf(golden);
        if (text == null
                || vocabulary == null
                || fit == null
                || review == null
                || synthesis == null
                || retrain == null) {
            throw new IllegalArgumentException("text, vocabulary, fit, review, synthesis and retrain must be there");
        }
        if (!(validationShare > 0 && validationShare < 0.9)) {
            throw new IllegalArgumentException(
                    "validation_share is " + validationShare + ", expected above 0, below 0.9");
        }
    }

    /** Reads a plan; {@code source} is its name in errors. */
    public static TrainingPlan read(InputStream yaml, String source) throws IOException {
        return YamlFile.read(yaml, source, TrainingPlan.class);
    }

    /** The same plan with another seed. */
    public TrainingPlan withSeed(long otherSeed) {
        return new TrainingPlan(
                otherSeed, validationShare, refit, text, vocabulary, fit, review, synthesis, retrain, golden);
    }
}
