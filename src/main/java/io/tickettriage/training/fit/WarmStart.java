package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Derivation;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.Vocabulary;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A parent's network from which training continues.
 *
 * <p>The parent's features keep their weights; terms that corrections bring are appended to the vocabulary with zero
 * weights, as many as an artifact has room for.
 */
public record WarmStart(TicketModel parent, EmbeddingBagNetwork network) {
    private static final long PARAMETER_BYTES = 2L << 20;

    /** What two heads must have in common for the one to go on from the other's weights. */
    private record Shape(String name, List<String> labels, int outputs, Derivation derived) {
        static Shape of(Derivation.Derivable head) {
            return new Shape(head.name(), head.labels(), head.outputs(), head.derived());
        }
    }

    /** A warm start, refused for a parent of another version, or with other heads or labels. */
    public static WarmStart from(TicketModel parent, Taxonomy taxonomy) throws BadDataException {
        if (!(parent.network() instanceof EmbeddingBagNetwork network)) {
            throw new BadDataException("model " + parent.version() + " is of version " + parent.formatVersion()
                    + "; only training of version 2 can be continued");
        }
        var labels = parent.heads().stream().map(Shape::of);
        var wanted = taxonomy.heads().stream().map(Shape::of);
        if (!labels.toList().equals(wanted.toList())) {
            throw new BadDataException("the taxonomy has other heads or labels than model " + parent.version()
                    + "; train without --from to learn them");
        }
        return new WarmStart(parent, network);
    }

    /**
     * Rehearsal rows: rows with the parent's predictions as pseudo-labels. Trained along with the corrections they hold the
     * candidate where the parent was, whatever the parent was made from (learning without forgetting, Li and Hoiem 2016,
     * with hard labels).
     */
    public List<TrainingRow> rehearsal(List<TrainingRow> rows) {
        Predictor predictor = parent.newPredictor();
        List<TrainingRow> rehearsal = new ArrayList<>(rows.size());
        for (TrainingRow row : rows) {
            Prediction prediction = predictor.predict(row.text(), row.metadata());
            Map<String, String> labels = new HashMap<>(row.example().labels());
            labels.replaceAll((head, label) -> prediction.head(head).label());
            prediction.heads().forEach(answer -> holdOther(answer, labels));
            rehearsal.add(row.withLabels(labels, row.weakHeads()));
        }
        return rehearsal;
    }

    /** That none of a head's labels fits is held by no label, and that one fits by that label. */
    private static void holdOther(HeadPrediction answer, Map<String, String> labels) {
        Head head = answer.head();
        if (answer.isOther()) {
            labels.remove(head.name());
        } else if (head.activation() == Activation.SOFTMAX_OR_OTHER && !labels.isEmpty()) {
            labels.putIfAbsent(head.name(), answer.label());
        }
    }

    /** Continues training on the rows, with up to {@code limit} new terms of those {@code learnt} anew. */
    public FloatNetwork train(
            Trainer trainer, List<TrainingRow> rows, List<TrainingRow> learnt, int limit, Consumer<EpochReport> log) {
        // As many as the parameters can grow before they outgrow an artifact.
        long free = Math.max(0, PARAMETER_BYTES - network.size().bytes());
        long room = free / network.bag().dimensions();
        Vocabulary vocabulary = trainer.extended(network.vocabulary(), learnt, (int) Math.min(limit, room));
        return trainer.continueFrom(FloatNetwork.of(network).onto(vocabulary), rows, log);
    }
}
