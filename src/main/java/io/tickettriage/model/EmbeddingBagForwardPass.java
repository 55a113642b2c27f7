package io.tickettriage.model;

import io.tickettriage.text.TicketFeatures;
import io.tickettriage.text.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A forward pass through an {@link EmbeddingBagNetwork}: tokenize, look up, sum, multiply. */
final class EmbeddingBagForwardPass extends ForwardPass {
    private final EmbeddingBagNetwork network;
    private final Tokenizer tokenizer;
    private final TicketFeatures features = new TicketFeatures();
    /** {@code [stride]} of the bag. */
    private final int[] sums;
    /** {@code [dimensions]}. */
    private final float[] hidden;
    /** {@code [dimensions][outputs]}: the output weights as floats, so that the inner loop runs over a row and need not scale. */
    private final float[] outputColumns;

    EmbeddingBagForwardPass(EmbeddingBagNetwork network) {
        super(network.bias().length);
        this.network = network;
        this.tokenizer = new Tokenizer(network.config());
        this.sums = network.bag().newSums();
        this.hidden = new float[network.bag().dimensions()];
        this.outputColumns = EmbeddingBag.transposed(network.output().dequantize(), logits.length, hidden.length);
    }

    @Override
    public void run(String text, Map<String, String> metadata) {
        tokenizer.tokenize(text, metadata, features);
        network.vocabulary().retain(features);
        words = features.words();
        unknownWords = features.unknownWords();
        network.bag().sum(features.ids(), 0, features.size(), sums);
        network.bag().scale(sums, features.size(), hidden);
        System.arraycopy(network.bias(), 0, logits, 0, logits.length);
        addOutput(hidden, logits);
    }

    /** Adds {@code W · h} to {@code out}. */
    private void addOutput(float[] h, float[] out) {
        int outputs = logits.length;
        for (int d = 0; d < h.length; d++) {
            float x = h[d];
            int column = d * outputs;
            for (int k = 0; k < outputs; k++) {
                out[k] += outputColumns[column + k] * x;
            }
        }
    }

    /**
     * The logits are {@code bias + W · Σ_f e_f / √n}: what a term adds is that sum over its own features. A phrase counts
     * for its last word; terms that stand in the text several times are added up.
     */
    @Override
    public Map<String, float[]> contributions(String text, Map<String, String> metadata) {
        run(text, metadata);
        Map<String, float[]> byTerm = new LinkedHashMap<>();
        int n = features.size();
        int[] part = network.bag().newSums();
        float[] share = new float[hidden.length];
        int from = 0;
        while (from < n) {
            int owner = features.owner(from);
            int to = from + 1;
            while (to < n && features.owner(to) == owner) {
                to++;
            }
            if (owner != TicketFeatures.NO_TOKEN) {
                network.bag().sum(features.ids(), from, to, part);
                // Divides by the root of all features, where only some are summed: exactly their part of the whole.
                network.bag().scale(part, n, share);
                String term = text.substring(features.tokenStart(owner), features.tokenEnd(owner));
                addOutput(share, byTerm.computeIfAbsent(term.toLowerCase(Locale.ROOT), t -> new float[logits.length]));
            }
            from = to;
        }
        return byTerm;
    }

    @Override
    public TextView view(String text, Map<String, String> metadata) {
        String normalized = tokenizer.tokenizeAndNormalize(text, metadata, features);
        network.vocabulary().retain(features);
        List<String> keywords = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            if (features.kind(i) == TicketFeatures.Kind.PHRASE) {
                keywords.add(network.vocabulary().terms().get(features.id(i)));
            }
        }
        return new TextView(
                normalized, tokens(normalized), new Features(features.size(), features.unknownWords(), keywords));
    }
}
