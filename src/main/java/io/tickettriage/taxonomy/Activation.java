package io.tickettriage.taxonomy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How a head's logits become scores. */
public enum Activation {
    /** One logit per label; the scores add up to 1. */
    @JsonProperty("softmax")
    SOFTMAX,
    /** One logit per label and one more, for none of them; the scores of the labels add up to 1 less that one's. */
    @JsonProperty("softmax_or_other")
    SOFTMAX_OR_OTHER,
    /** One logit: the log-odds of the second of two labels. */
    @JsonProperty("sigmoid")
    SIGMOID;

    /** How many logits the network computes for a head with these labels. */
    public int outputs(List<String> labels) {
        return switch (this) {
            case SOFTMAX -> labels.size();
            case SOFTMAX_OR_OTHER -> labels.size() + 1;
            case SIGMOID -> 1;
        };
    }
}
