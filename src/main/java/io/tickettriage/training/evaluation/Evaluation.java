package io.tickettriage.training.evaluation;

import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A model's predictions on labelled rows, and how good they are. */
public record Evaluation(TicketModel model, List<ScoredRow> rows) {
    /** Evaluates a model. */
    public static Evaluation of(TicketModel model, List<LabelledRow> rows) {
        Predictor predictor = model.newPredictor();
        List<ScoredRow> scored = new ArrayList<>(rows.size());
        for (LabelledRow row : rows) {
            Prediction prediction = predictor.predict(row.text(), row.example().metadata());
            boolean reviewed = !model.reviewPolicy().reasons(prediction).isEmpty();
            scored.add(new ScoredRow(row, prediction, reviewed));
        }
        return new Evaluation(model, scored);
    }

    /** The evaluation on some of the rows alone. */
    public Evaluation where(Predicate<LabelledRow> slice) {
        return new Evaluation(
                model, rows.stream().filter(scored -> slice.test(scored.row())).toList());
    }

    /** The evaluation on each source alone, by name. */
    public SortedMap<String, Evaluation> bySource() {
        SortedMap<String, Evaluation> parts = new TreeMap<>();
        Stream<String> sources = rows.stream().map(scored -> scored.row().source());
        sources.distinct()
                .forEach(source -> parts.put(source, where(row -> row.source().equals(source))));
        return parts;
    }

    /** How good the predictions of a head are. */
    public HeadScores head(String name) {
        return model.heads().stream()
                .filter(head -> head.name().equals(name))
                .map(head -> HeadScores.of(head, rows))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no head \"" + name + "\""));
    }

    /** The heads the rows have labels of, in the model's order. */
    public List<HeadScores> heads() {
        return model.heads().stream()
                .filter(head -> rows.stream().anyMatch(row -> row.hasLabel(head.name())))
                .map(head -> HeadScores.of(head, rows))
                .toList();
    }

    /** The share of rows sent to review. */
    public double reviewShare() {
        return share(rows, ScoredRow::reviewed);
    }

    /** The accuracy of the routing head on the rows that have its label and are not sent to review. */
    public Optional<Double> accuracyOfTheRest() {
        String routing = model.routingHead().name();
        List<ScoredRow> rest = rows.stream()
                .filter(row -> !row.reviewed() && row.hasLabel(routing))
                .toList();
        return rest.isEmpty() ? Optional.empty() : Optional.of(share(rest, row -> row.isCorrect(routing)));
    }

    /** The share of rows that meet a condition; 0 of none. */
    static double share(List<ScoredRow> rows, Predicate<ScoredRow> condition) {
        return rows.isEmpty() ? 0 : (double) rows.stream().filter(condition).count() / rows.size();
    }
}
