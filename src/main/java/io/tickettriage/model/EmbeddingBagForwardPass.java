package io.tickettriage.model;

import io.tickettriage.text.TicketFeatures;
import io.tickettriage.text.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A forward pass through a {@link EmbeddingBagNetwork}: scan, look up, sum, multiply. */
public final class EmbeddingBagForwardPass implements ForwardPass {
    private final EmbeddingBagNetwork network;
    private final Tokenizer scanner;
    private final TicketFeatures features = new TicketFeatures();
    private final int[] sums;
    private final float[] hidden;
    private final float[] logits;

    EmbeddingBagForwardPass(EmbeddingBagNetwork network) {
        this.network = network;
        this.scanner = new Tokenizer(network.config());
        this.sums = network.bag().newSums();
        this.hidden = new float[network.bag().dimensions()];
        this.logits = new float[network.outputs()];
    }

    @Override
    public void run(String text, Map<String, String> metadata) {
        scanner.tokenize(text, metadata, features);
        network.vocabulary().retain(features);
        network.bag().sum(features.ids(), 0, features.size(), sums);
        network.bag().scale(sums, features.size(), hidden);
        network.logits(hidden, logits);
    }

    @Override
    public float[] logits() {
        return logits;
    }

    @Override
    public int words() {
        return features.words();
    }

    @Override
    public int unknownWords() {
        return features.unknownWords();
    }

    /**
     * The logits are {@code bias + W · Σ_f e_f / √n}: what a term adds is that sum over its own features. A phrase counts
     * for its last word; terms that stand in the text several times are added up.
     */
    @Override
    public List<TermContribution> contributions(String text, Map<String, String> metadata) {
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
                String term = text.substring(features.tokenStart(owner), features.tokenEnd(owner))
                        .toLowerCase(Locale.ROOT);
                network.addOutput(share, byTerm.computeIfAbsent(term, t -> new float[logits.length]));
            }
            from = to;
        }
        List<TermContribution> contributions = new ArrayList<>(byTerm.size());
        byTerm.forEach((term, added) -> contributions.add(new TermContribution(term, added)));
        return contributions;
    }

    @Override
    public TextView view(String text, Map<String, String> metadata) {
        String normalized = scanner.tokenizeAndNormalize(text, metadata, features);
        network.vocabulary().retain(features);
        List<String> keywords = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            if (features.kind(i) == TicketFeatures.Kind.PHRASE) {
                keywords.add(network.vocabulary().terms().get(features.id(i)));
            }
        }
        List<String> tokens = normalized.isEmpty() ? List.of() : List.of(normalized.split(" ", -1));
        return new TextView(normalized, tokens, features.size(), features.unknownWords(), keywords);
    }
}
