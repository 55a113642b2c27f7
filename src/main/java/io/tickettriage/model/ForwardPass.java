package io.tickettriage.model;

import java.util.List;
import java.util.Map;

/**
 * Passes of texts through a network, with the buffers they need: one per thread. The fields describe the text of the
 * last run.
 */
public abstract class ForwardPass {
    /** {@code [outputs]} of all heads, one head after another; overwritten by the next run. */
    protected final float[] logits;

    protected int words;
    /** How many of them the model does not know. */
    protected int unknownWords;

    protected ForwardPass(int outputs) {
        this.logits = new float[outputs];
    }

    /** Reads a text and computes the logits of all heads. */
    public abstract void run(String text, Map<String, String> metadata);

    public final float[] logits() {
        return logits;
    }

    /**
     * How much each term moves the logits: exact where they are linear in the features, else by leaving the term out.
     */
    public abstract Map<String, float[]> contributions(String text, Map<String, String> metadata);

    public abstract TextView view(String text, Map<String, String> metadata);

    /** The tokens of a normalized text. */
    protected static List<String> tokens(String normalized) {
        return normalized.isEmpty() ? List.of() : List.of(normalized.split(" ", -1));
    }

    /** A text as the network sees it: its tokens, also separated by spaces, and what the model knows of them. */
    public record TextView(String normalizedText, List<String> tokens, Features features) {}

    /** How many features the vocabulary holds, how many words it does not, and the known phrases that were found. */
    public record Features(int known, int unknown, List<String> keywords) {}
}
