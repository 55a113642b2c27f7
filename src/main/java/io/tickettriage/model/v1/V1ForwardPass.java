package io.tickettriage.model.v1;

import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Int8Matrix;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A forward pass through a {@link V1Network}, step by step as its file format describes it. */
final class V1ForwardPass extends ForwardPass {
    private static final String UNKNOWN = "<unk>";

    private final V1Network network;
    private final V1Fields.Vocab vocab;

    V1ForwardPass(V1Network network) {
        super(network.heads().stream().mapToInt(head -> head.bias().length).sum());
        this.network = network;
        this.vocab = network.vocab();
    }

    @Override
    public void run(String text, Map<String, String> metadata) {
        runNormalized(network.normalizer().normalize(text));
    }

    private void runNormalized(String normalized) {
        List<String> tokens = tokens(normalized);
        float[] x = input(normalized, tokens);
        for (V1Network.Linear layer : network.layers()) {
            x = layer.apply(x);
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.max(0, x[i]);
            }
        }
        int offset = 0;
        for (V1Network.Linear head : network.heads()) {
            float[] y = head.apply(x);
            System.arraycopy(y, 0, logits, offset, y.length);
            offset += y.length;
        }
    }

    /** {@code [words + keywords + dimensions]}: log counts of the words, flags of the keywords, the mean embedding. */
    private float[] input(String normalized, List<String> tokens) {
        Int8Matrix embedding = network.embedding();
        int bagOfWords = vocab.bowVocab().size();
        int keywords = vocab.keywords().size();
        float[] input = new float[bagOfWords + keywords + embedding.columns()];
        words = tokens.size();
        unknownWords = 0;
        for (String token : tokens) {
            Integer place = vocab.bowVocab().get(token);
            if (place != null) {
                input[place]++;
            } else if (!vocab.embeddingVocab().containsKey(token)) {
                unknownWords++;
            }
        }
        for (int i = 0; i < bagOfWords; i++) {
            input[i] = (float) Math.log1p(input[i]);
        }
        for (int k = 0; k < keywords; k++) {
            input[bagOfWords + k] = normalized.contains(vocab.keywords().get(k)) ? 1 : 0;
        }
        int n = Math.min(tokens.size(), vocab.maxTokens());
        int unknown = vocab.embeddingVocab().getOrDefault(UNKNOWN, 0);
        for (String token : tokens.subList(0, n)) {
            int row = vocab.embeddingVocab().getOrDefault(token, unknown);
            for (int d = 0; d < embedding.columns(); d++) {
                input[bagOfWords + keywords + d] += embedding.quantized(row, d) * embedding.scale(row) / n;
            }
        }
        return input;
    }

    /** What a term adds is measured by leaving it out: ReLU layers have no exact shares. */
    @Override
    public Map<String, float[]> contributions(String text, Map<String, String> metadata) {
        String normalized = network.normalizer().normalize(text);
        List<String> tokens = tokens(normalized);
        runNormalized(normalized);
        float[] whole = logits.clone();
        Map<String, float[]> contributions = new LinkedHashMap<>();
        for (String term : new LinkedHashSet<>(tokens)) {
            List<String> others = tokens.stream().filter(t -> !t.equals(term)).toList();
            runNormalized(String.join(" ", others));
            float[] added = new float[whole.length];
            for (int k = 0; k < added.length; k++) {
                added[k] = whole[k] - logits[k];
            }
            contributions.put(term, added);
        }
        return contributions;
    }

    @Override
    public TextView view(String text, Map<String, String> metadata) {
        String normalized = network.normalizer().normalize(text);
        runNormalized(normalized);
        List<String> found =
                vocab.keywords().stream().filter(normalized::contains).toList();
        return new TextView(normalized, tokens(normalized), new Features(words - unknownWords, unknownWords, found));
    }
}
