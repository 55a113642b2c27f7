package io.tickettriage.training.fit;

import io.tickettriage.text.TicketFeatures;
import io.tickettriage.text.Tokenizer;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses the features a network will know: those that occur in enough texts, by how much they say about the labels.
 *
 * <p>The measure is the G-statistic of a feature, summed over the heads: {@code Σ_c n(f,c) · ln(n(f,c) · N / (n(f) · n(c)))}.
 * Terms and character n-grams are chosen apart, so that n-grams do not crowd out words.
 */
public final class VocabularyBuilder {
    /** At most so many words and phrases, character n-grams; in how many texts a term must occur. */
    public record Limits(int terms, int fragments, int minDocuments) {}

    private static final int NGRAM_DOCUMENTS = 3;

    private final TokenizerConfig config;
    private final Tokenizer tokenizer;
    private final TicketFeatures features = new TicketFeatures();
    private final HeadLayout layout;
    private final Map<Integer, Candidate> candidates = new HashMap<>();
    /** {@code [columns]}: the weight of all texts, per label. */
    private final double[] totals;

    /** What is known about a feature; a character n-gram has no term. */
    private static final class Candidate {
        private final String term;
        private final int fingerprint;
        /** {@code [columns]}: the weight of the texts with this feature, per label. */
        private final float[] byColumn;

        private int documents;
        private double gain;

        Candidate(String term, int fingerprint, int columns) {
            this.term = term;
            this.fingerprint = fingerprint;
            this.byColumn = new float[columns];
        }
    }

    VocabularyBuilder(TokenizerConfig config, HeadLayout layout) {
        this.config = config;
        this.tokenizer = new Tokenizer(config);
        this.layout = layout;
        this.totals = new double[layout.columns()];
    }

    /** Counts a text; {@code targets} holds its weight per label column, {@code [columns]}. */
    void add(String text, Map<String, String> metadata, float[] targets) {
        String[] tokens =
                tokenizer.tokenizeAndNormalize(text, metadata, features).split(" ", -1);
        for (int c = 0; c < totals.length; c++) {
            totals[c] += targets[c];
        }
        List<String> words = new ArrayList<>();
        int wordOwner = -1;
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            int owner = features.owner(i);
            if (features.kind(i) == TicketFeatures.Kind.WORD && owner != wordOwner) {
                words.add(tokens[owner]);
                wordOwner = owner;
            }
            int fingerprint = features.id(i);
            if (seen.add(fingerprint)) {
                Candidate candidate = candidates.get(fingerprint);
                if (candidate == null) {
                    candidate = new Candidate(name(i, tokens, words, metadata), fingerprint, totals.length);
                    candidates.put(fingerprint, candidate);
                }
                candidate.documents++;
                for (int c = 0; c < totals.length; c++) {
                    candidate.byColumn[c] += targets[c];
                }
            }
        }
    }

    /** The term feature {@code i} was made from; empty for a character n-gram. */
    private String name(int i, String[] tokens, List<String> words, Map<String, String> metadata) {
        int owner = features.owner(i);
        int fingerprint = features.id(i);
        return switch (features.kind(i)) {
            case CHAR_NGRAM -> "";
            case WORD -> tokens[owner];
            case NEGATED -> "not_" + tokens[owner];
            case PHRASE -> phrase(fingerprint, tokens[owner], words);
            case WHOLE_TEXT ->
                config.metadata().stream()
                        .filter(metadata::containsKey)
                        .map(name -> Tokenizer.metadataTerm(name, metadata.getOrDefault(name, "")))
                        .filter(term -> Vocabulary.fingerprint(term) == fingerprint)
                        .findFirst()
                        .orElse("<shouting>");
        };
    }

    private static String phrase(int fingerprint, String token, List<String> words) {
        if (Vocabulary.fingerprint(token) == fingerprint) {
            return token;
        }
        int n = words.size();
        for (int length = 2; length <= Math.min(3, n); length++) {
            String phrase = String.join(" ", words.subList(n - length, n));
            if (Vocabulary.fingerprint(phrase) == fingerprint) {
                return phrase;
            }
        }
        throw new IllegalStateException("no phrase that ends with \"" + token + "\" has fingerprint " + fingerprint);
    }

    Vocabulary build(Limits limits) {
        List<Candidate> terms = new ArrayList<>();
        List<Candidate> ngrams = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            boolean ngram = candidate.term.isEmpty();
            if (candidate.documents >= Math.max(ngram ? NGRAM_DOCUMENTS : 0, limits.minDocuments())) {
                candidate.gain = gain(candidate);
                (ngram ? ngrams : terms).add(candidate);
            }
        }
        List<String> chosenTerms = best(terms, limits.terms())
                .sorted(Comparator.comparingInt((Candidate c) -> -c.documents).thenComparing(c -> c.term))
                .map(c -> c.term)
                .toList();
        int[] chosenNgrams = best(ngrams, limits.fragments())
                .mapToInt(c -> c.fingerprint)
                .sorted()
                .toArray();
        return new Vocabulary(chosenTerms, chosenNgrams);
    }

    private static Stream<Candidate> best(List<Candidate> candidates, int limit) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate c) -> -c.gain)
                        .thenComparing(c -> c.term)
                        .thenComparingInt(c -> c.fingerprint))
                .limit(limit);
    }

    private double gain(Candidate candidate) {
        double gain = 0;
        for (HeadLayout.Place place : layout.places()) {
            int end = place.firstColumn() + place.columns();
            double all = 0;
            double with = 0;
            for (int c = place.firstColumn(); c < end; c++) {
                all += totals[c];
                with += candidate.byColumn[c];
            }
            for (int c = place.firstColumn(); c < end; c++) {
                double n = candidate.byColumn[c];
                gain += n > 0 ? n * Math.log(n * all / (with * totals[c])) : 0;
            }
        }
        return gain;
    }
}
