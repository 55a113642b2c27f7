package io.tickettriage.model;

import io.tickettriage.model.Explanation.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Predicts with one model: a forward pass, then scores and a label per head. One per thread. */
public final class Predictor {
    private static final int LONGEST_TERM = 48;
    private static final float[] NO_SCORES = {};

    private final TicketModel model;
    private final ForwardPass pass;
    /** {@code [heads]}: where the logits of each begin. */
    private final int[] offsets;
    /** {@code [heads]}; empty for one that answers by itself. */
    private final List<Optional<DerivationTable>> derivations = new ArrayList<>();

    Predictor(TicketModel model) {
        this.model = model;
        this.pass = model.network().newForwardPass();
        this.offsets = new int[model.heads().size()];
        int offset = 0;
        for (Head head : model.heads()) {
            offsets[derivations.size()] = offset;
            offset += head.outputs();
            derivations.add(
                    head.derived().exists() ? Optional.of(new DerivationTable(model.heads(), head)) : Optional.empty());
        }
    }

    public TicketModel model() {
        return model;
    }

    public Prediction predict(String text, Map<String, String> metadata) {
        pass.run(text, metadata);
        HeadPrediction[] answers = new HeadPrediction[offsets.length];
        for (int h = 0; h < answers.length; h++) {
            Head head = model.heads().get(h);
            if (derivations.get(h).isEmpty()) {
                float[] scores = head.scores(pass.logits(), offsets[h]);
                answers[h] = new HeadPrediction(head, head.decide(scores), scores);
            }
        }
        for (int h = 0; h < answers.length; h++) {
            if (derivations.get(h).isPresent()) {
                DerivationTable table = derivations.get(h).get();
                answers[h] = table.answer(answers[table.source()], ownScores(h));
            }
        }
        return new Prediction(List.of(answers), pass.words, pass.unknownWords);
    }

    private float[] ownScores(int h) {
        Head head = model.heads().get(h);
        return head.outputs() == 0 ? NO_SCORES : head.scores(pass.logits(), offsets[h]);
    }

    /**
     * The terms that decided each answer, strongest first, at most {@code terms} per head and only such as speak for the
     * answer. A term's weight is what it adds to the chosen label's log-odds: to its logit, less what it adds to the
     * others', each counted with its score. Where the answer follows from another head's, it is what the term adds to the
     * log-odds of all labels there that lead to it.
     */
    public List<Explanation> explain(String text, Map<String, String> metadata, Prediction prediction, int terms) {
        Map<String, float[]> contributions = pass.contributions(text, metadata);
        List<Explanation> explanations = new ArrayList<>(offsets.length);
        for (int h = 0; h < offsets.length; h++) {
            Decision decision = decision(h, prediction);
            List<Term> decisive = new ArrayList<>();
            for (Map.Entry<String, float[]> contribution : contributions.entrySet()) {
                float weight = decision.weight(contribution.getValue());
                if (weight > 0) {
                    decisive.add(new Term(shortened(contribution.getKey()), weight));
                }
            }
            decisive.sort(Comparator.comparingDouble((Term term) -> -term.weight()));
            String head = model.heads().get(h).name();
            explanations.add(new Explanation(head, decisive.subList(0, Math.min(terms, decisive.size()))));
        }
        return explanations;
    }

    /** What made a head's answer: some of the labels of the head that decided against its others. */
    private Decision decision(int h, Prediction prediction) {
        HeadPrediction answer = prediction.heads().get(h);
        if (derivations.get(h).isEmpty()) {
            return Decision.of(answer, offsets[h], label -> label == answer.labelIndex());
        }
        DerivationTable table = derivations.get(h).get();
        HeadPrediction source = prediction.heads().get(table.source());
        if (!source.isOther()) {
            return Decision.of(source, offsets[table.source()], label -> table.leads(label, answer.labelIndex()));
        }
        float[] own = ownScores(h);
        HeadPrediction alone = new HeadPrediction(answer.head(), answer.labelIndex(), own);
        return own.length == 0
                ? Decision.of(
                        source,
                        offsets[table.source()],
                        label -> label == source.head().labels().size())
                : Decision.of(alone, offsets[h], label -> label == answer.labelIndex());
    }

    /** A term may be a link, or half a megabyte without a space: it is cut. */
    private static String shortened(String term) {
        if (term.length() <= LONGEST_TERM) {
            return term;
        }
        int end = Character.isHighSurrogate(term.charAt(LONGEST_TERM - 1)) ? LONGEST_TERM - 1 : LONGEST_TERM;
        return term.substring(0, end) + "…";
    }

    public ForwardPass.TextView view(String text, Map<String, String> metadata) {
        return pass.view(text, metadata);
    }
}
