package io.tickettriage.model;

import io.tickettriage.model.Explanation.Term;
import io.tickettriage.taxonomy.Activation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Predicts with one model: a forward pass, then scores and a label per head. One per thread. */
public final class Predictor {
    private static final int LONGEST_TERM = 48;

    private final TicketModel model;
    private final ForwardPass pass;

    Predictor(TicketModel model) {
        this.model = model;
        this.pass = model.network().newForwardPass();
    }

    public TicketModel model() {
        return model;
    }

    public Prediction predict(String text, Map<String, String> metadata) {
        pass.run(text, metadata);
        List<HeadPrediction> answers = new ArrayList<>(model.heads().size());
        int offset = 0;
        for (Head head : model.heads()) {
            float[] scores = head.scores(pass.logits(), offset);
            answers.add(new HeadPrediction(head, head.decide(scores), scores));
            offset += head.outputs();
        }
        return new Prediction(answers, pass.words, pass.unknownWords);
    }

    /**
     * The terms that decided each answer, strongest first, at most {@code terms} per head and only such as speak for the
     * answer. A term's weight is what it adds to the chosen label's log-odds: to its logit, less what it adds to the
     * others', each counted with its score.
     */
    public List<Explanation> explain(String text, Map<String, String> metadata, Prediction prediction, int terms) {
        Map<String, float[]> contributions = pass.contributions(text, metadata);
        List<Explanation> explanations = new ArrayList<>(model.heads().size());
        int offset = 0;
        for (HeadPrediction answer : prediction.heads()) {
            Head head = answer.head();
            List<Term> decisive = new ArrayList<>();
            for (Map.Entry<String, float[]> contribution : contributions.entrySet()) {
                float weight = weight(contribution.getValue(), offset, answer);
                if (weight > 0) {
                    decisive.add(new Term(shortened(contribution.getKey()), weight));
                }
            }
            decisive.sort(Comparator.comparingDouble((Term term) -> -term.weight()));
            explanations.add(new Explanation(head.name(), decisive.subList(0, Math.min(terms, decisive.size()))));
            offset += head.outputs();
        }
        return explanations;
    }

    /** A term may be a link, or half a megabyte without a space: it is cut. */
    private static String shortened(String term) {
        if (term.length() <= LONGEST_TERM) {
            return term;
        }
        int end = Character.isHighSurrogate(term.charAt(LONGEST_TERM - 1)) ? LONGEST_TERM - 1 : LONGEST_TERM;
        return term.substring(0, end) + "…";
    }

    /** What a term that adds {@code added} to the logits adds to the log-odds of a head's chosen label. */
    private static float weight(float[] added, int offset, HeadPrediction answer) {
        Head head = answer.head();
        int chosen = answer.labelIndex();
        if (head.activation() == Activation.SIGMOID) {
            return (chosen == 1 ? added[offset] : -added[offset]) / head.temperature();
        }
        double others = 0;
        double mass = 0;
        for (int k = 0; k < answer.scores().length; k++) {
            if (k != chosen) {
                others += answer.scores()[k] * (double) added[offset + k];
                mass += answer.scores()[k];
            }
        }
        return (float) ((added[offset + chosen] - (mass > 0 ? others / mass : 0)) / head.temperature());
    }

    public ForwardPass.TextView view(String text, Map<String, String> metadata) {
        return pass.view(text, metadata);
    }
}
