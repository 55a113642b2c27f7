package io.tickettriage.model;

import java.util.List;

/** The terms that speak for the chosen label of a head, strongest first. */
public record Explanation(String head, List<Term> terms) {
    /**
     * A term and its weight.
     *
     * @param term as it stands in the text, in lower case; a long one is cut and ends with …
     * @param weight what it adds to the label's log-odds, above 0
     */
    public record Term(String term, float weight) {}

    public Explanation {
        terms = List.copyOf(terms);
    }
}
