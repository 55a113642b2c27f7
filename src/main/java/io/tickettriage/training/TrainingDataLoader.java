package io.tickettriage.training;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects the rows of a training: those of datasets, and those generated from templates and from hand-written rows. */
public final class TrainingDataLoader {
    private final Taxonomy taxonomy;
    private final Consumer<String> log;
    private final List<TrainingRow> rows = new ArrayList<>();
    private final Map<String, TrainingData.Source> sources = new LinkedHashMap<>();

    /** A loader without rows; {@code log} receives a line for each source. */
    public TrainingDataLoader(Taxonomy taxonomy, Consumer<String> log) {
        this.taxonomy = taxonomy;
        this.log = log;
    }

    /** The rows so far. */
    public TrainingData data() {
        return new TrainingData(rows, sources);
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
            String name = dataset.name();
            if (optional && !reader.isPresent(dataset)) {
                log.accept(name + ": skipped, " + reader.locate(dataset) + " is not there");
                sources.put(name, new TrainingData.Source.Absent(0, true));
                continue;
            }
            LoadedDataset loaded = reader.read(dataset);
            int n = loaded.rows().size();
            int unmapped = loaded.unmappedRows();
            rows.addAll(loaded.rows());
            sources.put(name, new TrainingData.Source.Dataset(n, unmapped, dataset.licence(), loaded.sha256()));
            log.accept(name + ": " + n + " rows" + (unmapped > 0 ? ", " + unmapped + " without a mapped label" : ""));
        }
    }

    /** Adds synthetic rows; those with lead-ins are made from the rows of {@code settings.leadInSource()}. */
    public void addSynthetic(SynthesisPlan synthesis, TrainingPlan.Synthesis settings, long seed) throws IOException {
        Synthesizer synthesizer = new Synthesizer(synthesis);
        List<TrainingRow> handWritten = rows.stream()
                .filter(row -> row.source().equals(settings.leadInSource()))
                .toList();
        addSynthetic(
                Synthesizer.TEMPLATES,
                synthesizer.fromTemplates(taxonomy, settings.perTemplate(), settings.weight(), seed));
        addSynthetic(
                Synthesizer.LEAD_INS,
                synthesizer.withLeadIns(
                        handWritten,
                        settings.intentHead(),
                        settings.sentimentHead(),
                        settings.leadInShare(),
                        settings.weight(),
                        seed));
    }

    private void addSynthetic(String source, List<TrainingRow> generated) {
        rows.addAll(generated);
        sources.put(source, new TrainingData.Source.Synthetic(generated.size(), "project"));
        log.accept(source + ": " + generated.size() + " rows");
    }
}
