package io.tickettriage.training.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.Head;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model judged on rows: what {@code evaluate} prints. */
public final class Evaluation {
    private static final double DECIMALS = 1e6;

    private final TicketModel model;
    private final List<JudgedRow> rows;

    private Evaluation(TicketModel model, List<JudgedRow> rows) {
        this.model = model;
        this.rows = List.copyOf(rows);
    }

    /** Judges a model. */
    public static Evaluation of(TicketModel model, List<EvaluationRow> rows) {
        Predictor predictor = model.newPredictor();
        List<JudgedRow> judged = new ArrayList<>(rows.size());
        for (EvaluationRow row : rows) {
            Prediction prediction =
                    predictor.predict(row.example().text(), row.example().metadata());
            judged.add(new JudgedRow(
                    row, prediction, !model.reviewPolicy().reasons(prediction).isEmpty()));
        }
        return new Evaluation(model, judged);
    }

    /** The part of it that concerns some of its rows. */
    public Evaluation of(java.util.function.Predicate<JudgedRow> slice) {
        return new Evaluation(model, rows.stream().filter(slice).toList());
    }

    /** The judged rows, in order. */
    public List<JudgedRow> rows() {
        return rows;
    }

    /** The model. */
    public TicketModel model() {
        return model;
    }

    /** How well a head answers. */
    public HeadScores head(String name) {
        Head head = model.heads().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no head \"" + name + "\""));
        return HeadScores.of(head, rows);
    }

    /** The heads the rows know something about, in the model's order. */
    public List<HeadScores> heads() {
        return model.heads().stream()
                .filter(head -> rows.stream().anyMatch(row -> row.knows(head.name())))
                .map(head -> HeadScores.of(head, rows))
                .toList();
    }

    /** The share of rows sent to review. */
    public double reviewShare() {
        return rows.isEmpty()
                ? 0
                : (double) rows.stream().filter(JudgedRow::reviewed).count() / rows.size();
    }

    /** The accuracy of the routing head on the rows that know it and are not sent to review. */
    public Optional<Double> accuracyOfTheRest() {
        String routing = model.routingHead().name();
        List<JudgedRow> rest =
                rows.stream().filter(r -> !r.reviewed() && r.knows(routing)).toList();
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (double) rest.stream().filter(r -> r.isRight(routing)).count() / rest.size());
    }

    /** The result, with the fields of the contract. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rows", rows.size());
        List<JudgedRow> complete = rows.stream()
                .filter(r -> r.row().complete() && model.heads().stream().anyMatch(h -> r.knows(h.name())))
                .toList();
        long exact = complete.stream().filter(this::allRight).count();
        json.set("answers", answers());
        json.putObject("exact_match")
                .put("n", complete.size())
                .put("accuracy", complete.isEmpty() ? 0 : round((double) exact / complete.size()));
        ObjectNode heads = json.putObject("heads");
        for (HeadScores scores : heads()) {
            heads.set(scores.head().name(), json(scores));
        }
        ObjectNode review = json.putObject("review").put("share", round(reviewShare()));
        accuracyOfTheRest()
                .ifPresentOrElse(
                        a -> review.put("accuracy_of_the_rest", round(a)),
                        () -> review.putNull("accuracy_of_the_rest"));
        return json;
    }

    /** How often each label was answered, and not sent to review, as shares of all rows. */
    private ObjectNode answers() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Head head : model.heads()) {
            ObjectNode shares = json.putObject(head.name());
            for (String label : head.labels()) {
                long n = rows.stream()
                        .filter(r -> !r.reviewed()
                                && r.prediction().head(head.name()).label().equals(label))
                        .count();
                shares.put(label, rows.isEmpty() ? 0 : round((double) n / rows.size()));
            }
        }
        return json;
    }

    private boolean allRight(JudgedRow row) {
        return model.heads().stream().allMatch(h -> !row.knows(h.name()) || row.isRight(h.name()));
    }

    private static ObjectNode json(HeadScores scores) {
        ConfusionMatrix matrix = scores.matrix();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("n", matrix.total());
        json.put("accuracy", round(matrix.accuracy()));
        json.put("macro_f1", round(matrix.macroF1()));
        json.put("ece", round(scores.calibration().expectedError()));
        ObjectNode classes = json.putObject("classes");
        for (int k = 0; k < matrix.labels().size(); k++) {
            classes.putObject(matrix.labels().get(k))
                    .put("precision", round(matrix.precision(k)))
                    .put("recall", round(matrix.recall(k)))
                    .put("support", matrix.support(k));
        }
        return json;
    }

    private static double round(double value) {
        return Math.rint(value * DECIMALS) / DECIMALS;
    }
}
