package io.tickettriage.taxonomy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How a head's logits become scores. */
public enum Activation {
    /** One logit per label; the scores add up to 1. */
    @JsonProperty("softmax")
    SOFTMAX,
    /** One logit: the log-odds of the second of two labels. */
    @JsonProperty("sigmoid")
    SIGMOID;

    /** How many logits the network computes for a head with these labels. */
    public int outputs(List<String> labels) {
        return this == SIGMOID ? 1 : labels.size();
    }
}
