package io.tickettriage.model;

import java.util.List;
import java.util.Map;

/**
 * A pass of texts through a network, with the buffers it needs: one per thread. The accessors describe the text of the
 * last {@link #run}.
 */
public interface ForwardPass {
    /** Reads a text and computes the logits of all heads. */
    void run(String text, Map<String, String> metadata);

    /** The logits {@code [outputs]} of all heads, one head after another; overwritten by the next run. */
    float[] logits();

    /** How many words the text has. */
    int words();

    /** How many of them the model does not know. */
    int unknownWords();

    /**
     * How much each term of the text moves the logits: exact where they are linear in the features, else by leaving the
     * term out.
     */
    List<TermContribution> contributions(String text, Map<String, String> metadata);

    /** How the network sees a text. */
    TextView view(String text, Map<String, String> metadata);

    /**
     * A term and what it adds to each logit.
     *
     * @param term as it stands in the text
     * @param logits {@code [outputs]}: what the term adds, in the order of {@link #logits()}
     */
    record TermContribution(String term, float[] logits) {}

    /**
     * A text as the network sees it.
     *
     * @param normalized the tokens, separated by spaces
     * @param tokens the tokens
     * @param known how many features the vocabulary holds
     * @param unknown how many words it does not
     * @param keywords the known phrases that were found
     */
    record TextView(String normalized, List<String> tokens, int known, int unknown, List<String> keywords) {}
}
