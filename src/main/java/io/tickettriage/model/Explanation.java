package io.tickettriage.model;

import java.util.List;

/**
 * Why a head answered as it did.
 *
 * @param head which one
 * @param terms the terms of the text that spoke for the answer, strongest first
 */
public record Explanation(String head, List<Term> terms) {
    /**
     * A term and its weight.
     *
     * @param term as it stands in the text, in lower case; a long one is cut and ends with …
     * @param weight what it adds to the answer's log-odds, above 0
     */
    public record Term(String term, float weight) {}

    public Explanation {
        terms = List.copyOf(terms);
    }
}
