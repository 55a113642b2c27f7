package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.TokenizerConfig;
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

    /** A warm start, refused for a parent of another version, or with other heads or labels. */
    public static WarmStart from(TicketModel parent, Taxonomy taxonomy) throws BadDataException {
        if (!(parent.network() instanceof EmbeddingBagNetwork network)) {
            throw new BadDataException("model " + parent.version() + " is of version " + parent.formatVersion()
                    + "; only training of version 2 can be continued");
        }
        var labels = parent.heads().stream().map(head -> Map.entry(head.name(), head.labels()));
        var wanted = taxonomy.heads().stream().map(head -> Map.entry(head.name(), head.labels()));
        if (!labels.toList().equals(wanted.toList())) {
            throw new BadDataException("the taxonomy has other heads or labels than model " + parent.version()
                    + "; train without --from to learn them");
        }
        return new WarmStart(parent, network);
    }

    /** How text becomes features. */
    public TokenizerConfig tokenizer() {
        return network.config();
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
            rehearsal.add(row.withLabels(labels, row.weakHeads()));
        }
        return rehearsal;
    }

    /** Continues training on the rows, with up to {@code newTerms} terms of the corrections among them. */
    public FloatNetwork train(
            Trainer trainer,
            List<TrainingRow> rows,
            List<TrainingRow> corrections,
            int newTerms,
            Consumer<EpochReport> progress) {
        Vocabulary vocabulary = trainer.extended(network.vocabulary(), corrections, Math.min(newTerms, room()));
        return trainer.continueFrom(FloatNetwork.of(network).onto(vocabulary), rows, progress);
    }

    /** How many features can be added before the parameters outgrow an artifact. */
    private int room() {
        long left = PARAMETER_BYTES - network.size().bytes();
        return (int) Math.max(0, left / network.bag().dimensions());
    }
}
