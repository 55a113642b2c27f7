package io.tickettriage.model;

import java.util.List;

/** The terms that speak for the chosen label of a head, strongest first. */
public record Explanation(String head, List<Term> terms) {
    /**
     * A term as it stands in the text, in lower case, a long one cut and ending with …; what it adds to the label's
     * log-odds, above 0.
     */
    public record Term(String term, float weight) {}
}
