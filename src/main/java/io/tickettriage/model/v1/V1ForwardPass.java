package io.tickettriage.model.v1;

import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Int8Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A forward pass through a {@link V1Network}, step by step as its file format describes it. */
public final class V1ForwardPass implements ForwardPass {
    private static final String UNKNOWN = "<unk>";

    private final V1Network network;
    /** {@code [words + keywords + dimensions]}. */
    private final float[] input;
    /** {@code [outputs]} of all heads. */
    private final float[] logits;

    private int words;
    private int unknownWords;

    V1ForwardPass(V1Network network) {
        this.network = network;
        this.input = new float[network.inputs()];
        this.logits = new float
                [network.heads().stream().mapToInt(h -> h.bias().length).sum()];
    }

    @Override
    public void run(String text, Map<String, String> metadata) {
        runNormalized(network.normalizer().normalize(text));
    }

    private void runNormalized(String normalized) {
        List<String> tokens = tokens(normalized);
        Arrays.fill(input, 0);
        countWords(tokens);
        flagKeywords(normalized);
        averageEmbeddings(tokens);
        float[] x = input;
        for (V1Network.Linear layer : network.layers()) {
            float[] y = new float[layer.bias().length];
            layer.weights().multiplyAdd(x, layer.bias(), y);
            for (int i = 0; i < y.length; i++) {
                y[i] = Math.max(0, y[i]);
            }
            x = y;
        }
        int offset = 0;
        for (V1Network.Linear head : network.heads()) {
            float[] y = new float[head.bias().length];
            head.weights().multiplyAdd(x, head.bias(), y);
            System.arraycopy(y, 0, logits, offset, y.length);
            offset += y.length;
        }
    }

    private void countWords(List<String> tokens) {
        words = tokens.size();
        unknownWords = 0;
        for (String token : tokens) {
            Integer place = network.bagOfWords().get(token);
            if (place != null) {
                input[place]++;
            } else if (!network.embeddingRows().containsKey(token)) {
                unknownWords++;
            }
        }
        for (int i = 0; i < network.bagOfWords().size(); i++) {
            input[i] = (float) Math.log1p(input[i]);
        }
    }

    private void flagKeywords(String normalized) {
        for (int k = 0; k < network.keywords().size(); k++) {
            if (normalized.contains(network.keywords().get(k))) {
                input[network.bagOfWords().size() + k] = 1;
            }
        }
    }

    private void averageEmbeddings(List<String> tokens) {
        int n = Math.min(tokens.size(), network.maxTokens());
        int unknown = network.embeddingRows().getOrDefault(UNKNOWN, 0);
        int start = network.bagOfWords().size() + network.keywords().size();
        Int8Matrix embedding = network.embedding();
        for (int t = 0; t < n; t++) {
            int row = network.embeddingRows().getOrDefault(tokens.get(t), unknown);
            for (int d = 0; d < embedding.columns(); d++) {
                input[start + d] += embedding.quantized(row, d) * embedding.scale(row) / n;
            }
        }
    }

    private static List<String> tokens(String normalized) {
        return normalized.isEmpty() ? List.of() : List.of(normalized.split(" ", -1));
    }

    @Override
    public float[] logits() {
        return logits;
    }

    @Override
    public int words() {
        return words;
    }

    @Override
    public int unknownWords() {
        return unknownWords;
    }

    /** What a term adds is measured by leaving it out: ReLU layers have no exact shares. */
    @Override
    public List<TermContribution> contributions(String text, Map<String, String> metadata) {
        List<String> tokens = tokens(network.normalizer().normalize(text));
        runNormalized(String.join(" ", tokens));
        float[] whole = logits.clone();
        List<TermContribution> contributions = new ArrayList<>();
        for (String term : new LinkedHashSet<>(tokens)) {
            runNormalized(String.join(
                    " ", tokens.stream().filter(t -> !t.equals(term)).toList()));
            float[] added = new float[whole.length];
            for (int k = 0; k < added.length; k++) {
                added[k] = whole[k] - logits[k];
            }
            contributions.add(new TermContribution(term, added));
        }
        return contributions;
    }

    @Override
    public TextView view(String text, Map<String, String> metadata) {
        String normalized = network.normalizer().normalize(text);
        List<String> tokens = tokens(normalized);
        runNormalized(normalized);
        List<String> found =
                network.keywords().stream().filter(normalized::contains).toList();
        return new TextView(normalized, tokens, words - unknownWords, unknownWords, found);
    }
}
