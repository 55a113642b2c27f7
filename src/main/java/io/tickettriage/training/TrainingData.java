package io.tickettriage.training;

import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.LoadedDataset;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.synthesis.SynthesisPlan;
import io.tickettriage.training.synthesis.Synthesizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of a training and, by source, where they come from; collected source by source. */
public record TrainingData(List<TrainingRow> rows, Map<String, Source> sources) {
    /** What a source gave. */
    public sealed interface Source {
        /** A dataset that was read. */
        record Dataset(int rows, int unmapped, String licence, String sha256) implements Source {}

        /** Rows the project generates itself. */
        record Synthetic(int rows, String licence) implements Source {}

        /** A dataset that is not there and was left out. */
        record Absent(int rows, boolean skipped) implements Source {}
    }

    /** No rows yet. */
    public TrainingData() {
        this(new ArrayList<>(), new LinkedHashMap<>());
    }

    /** Adds datasets, a line for each in the log; one that is {@code optional} and not there is skipped. */
    public void addDatasets(DatasetReader reader, List<DatasetSpec> datasets, boolean optional, Consumer<String> log)
            throws IOException {
        for (DatasetSpec dataset : datasets) {
            String name = dataset.name();
            if (optional && !reader.isPresent(dataset)) {
                log.accept(name + ": skipped, " + reader.locate(dataset) + " is not there");
                sources.put(name, new Source.Absent(0, true));
                continue;
            }
            LoadedDataset loaded = reader.read(dataset);
            int n = loaded.rows().size();
            int unmapped = loaded.unmappedRows();
            rows.addAll(loaded.rows());
            sources.put(name, new Source.Dataset(n, unmapped, dataset.licence(), loaded.sha256()));
            log.accept(name + ": " + n + " rows" + (unmapped > 0 ? ", " + unmapped + " without a mapped label" : ""));
        }
    }

    /** Adds rows generated from templates, and from the rows of one source by lead-ins. */
    public void addSynthetic(Taxonomy taxonomy, SynthesisPlan synthesis, TrainingPlan plan, Consumer<String> log)
            throws IOException {
        Synthesizer synthesizer = new Synthesizer(synthesis);
        TrainingPlan.Synthesis settings = plan.synthesis();
        float weight = settings.weight();
        List<TrainingRow> handWritten = rows.stream()
                .filter(row -> row.source().equals(settings.leadInSource()))
                .toList();
        List<TrainingRow> filled = synthesizer.fromTemplates(taxonomy, settings.perTemplate(), weight, plan.seed());
        addSynthetic(Synthesizer.TEMPLATES, filled, log);
        String intent = settings.intentHead();
        List<TrainingRow> led = synthesizer.withLeadIns(
                handWritten, intent, settings.sentimentHead(), settings.leadInShare(), weight, plan.seed());
        addSynthetic(Synthesizer.LEAD_INS, led, log);
    }

    private void addSynthetic(String source, List<TrainingRow> generated, Consumer<String> log) {
        rows.addAll(generated);
        sources.put(source, new Source.Synthetic(generated.size(), "project"));
        log.accept(source + ": " + generated.size() + " rows");
    }
}
