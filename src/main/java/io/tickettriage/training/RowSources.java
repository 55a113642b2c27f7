package io.tickettriage.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.LoadedDataset;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.synthesis.SynthesisPlan;
import io.tickettriage.training.synthesis.Synthesizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All rows of a training: those of datasets, and those made from templates and from hand-written rows. */
public final class RowSources {
    private final Taxonomy taxonomy;
    private final TrainingPlan plan;
    private final Consumer<String> log;
    private final List<TrainingRow> rows = new ArrayList<>();
    private final ObjectNode provenance = JsonNodeFactory.instance.objectNode();

    /** Nothing yet; {@code log} is told what each source gives. */
    public RowSources(Taxonomy taxonomy, TrainingPlan plan, Consumer<String> log) {
        this.taxonomy = taxonomy;
        this.plan = plan;
        this.log = log;
    }

    /** The rows so far. */
    public List<TrainingRow> rows() {
        return List.copyOf(rows);
    }

    /** What the artifact says about them. */
    public ObjectNode provenance() {
        return provenance.deepCopy();
    }

    /**
     * Adds datasets.
     *
     * @param home what relative paths start from
     * @param optional whether one that is not there is skipped, with a note
     */
    public void addDatasets(List<DatasetSpec> datasets, Path home, boolean optional) throws IOException {
        DatasetReader reader = new DatasetReader(taxonomy, home);
        for (DatasetSpec dataset : datasets) {
            if (optional && !reader.isPresent(dataset)) {
                log.accept(dataset.name() + ": skipped, " + reader.locate(dataset) + " is not there");
                provenance.putObject(dataset.name()).put("rows", 0).put("skipped", true);
                continue;
            }
            LoadedDataset loaded = reader.read(dataset);
            rows.addAll(loaded.rows());
            provenance
                    .putObject(dataset.name())
                    .put("rows", loaded.rows().size())
                    .put("unmapped", loaded.unmappedRows())
                    .put("licence", dataset.licence())
                    .put("sha256", loaded.sha256());
            log.accept(dataset.name() + ": " + loaded.rows().size() + " rows"
                    + (loaded.unmappedRows() > 0 ? ", " + loaded.unmappedRows() + " do not map" : ""));
        }
    }

    /** Adds synthetic rows; those with lead-ins are made from the rows of {@code plan.synthesis().leadInSource()}. */
    public void addSynthetic(SynthesisPlan synthesis) throws IOException {
        TrainingPlan.Synthesis settings = plan.synthesis();
        Synthesizer synthesizer = new Synthesizer(synthesis);
        List<TrainingRow> templates =
                synthesizer.fromTemplates(taxonomy, settings.perTemplate(), settings.weight(), plan.seed());
        List<TrainingRow> cores = rows.stream()
                .filter(row -> row.source().equals(settings.leadInSource()))
                .toList();
        List<TrainingRow> leadIns = synthesizer.withLeadIns(
                cores,
                settings.intentHead(),
                settings.sentimentHead(),
                settings.leadInShare(),
                settings.weight(),
                plan.seed());
        note(Synthesizer.TEMPLATES, templates);
        note(Synthesizer.LEAD_INS, leadIns);
    }

    private void note(String source, List<TrainingRow> made) {
        rows.addAll(made);
        provenance.putObject(source).put("rows", made.size()).put("licence", "project");
        log.accept(source + ": " + made.size() + " rows");
    }
}
