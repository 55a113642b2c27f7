package io.tickettriage.model;

import java.util.List;

/** What a model says about one ticket, head by head in its order, and how many of the words it does not know. */
public record Prediction(List<HeadPrediction> heads, int words, int unknownWords) {
    public HeadPrediction head(String name) {
        return heads.stream()
                .filter(answer -> answer.head().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no head \"" + name + "\""));
    }

    public HeadPrediction routing() {
        for (HeadPrediction prediction : heads) {
            if (prediction.head().roles().routing()) {
                return prediction;
            }
        }
        throw new IllegalStateException("the model has no routing head");
    }

    /**
     * The share of the words that the model knows, 0 to 1. A text without a single word gives the model nothing to go on,
     * so its share is 0: like a foreign text, it goes to review.
     */
    public float knownShare() {
        return words == 0 ? 0 : (float) (words - unknownWords) / words;
    }
}
