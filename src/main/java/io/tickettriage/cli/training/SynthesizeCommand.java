package io.tickettriage.cli.training;

import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.format.Json;
import io.tickettriage.format.Yaml;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.data.WeakLabeler;
import io.tickettriage.training.synthesis.SynthesisPlan;
import io.tickettriage.training.synthesis.Synthesizer;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code triage synthesize}: rows generated from templates. */
@Command(
        name = "synthesize",
        description =
                "Prints labelled rows generated from templates, as people would type them; equal for equal seeds.",
        footer = {"", "Example:", "  triage synthesize --per-template 3 --seed 7 > rows.jsonl"})
public final class SynthesizeCommand extends TriageCommand {
    @Option(names = "--synthetic", paramLabel = "FILE", description = "Templates. Default: config/synthetic.yaml.")
    private @Nullable Path syntheticFile;

    @Option(names = "--taxonomy", paramLabel = "FILE", description = "Heads and labels. Default: config/taxonomy.yaml.")
    private @Nullable Path taxonomyFile;

    @Option(names = "--per-template", paramLabel = "N", description = "Rows of each at most (${DEFAULT-VALUE}).")
    private int perTemplate = 5;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--plain", description = "As the templates are, without augmentation.")
    private boolean plain;

    @Override
    public Integer call() throws IOException {
        Taxonomy taxonomy = ConfigFiles.read(taxonomyFile, "taxonomy.yaml", Taxonomy::read);
        SynthesisPlan plan = ConfigFiles.read(
                syntheticFile, "synthetic.yaml", (yaml, name) -> Yaml.read(yaml, name, SynthesisPlan.class));
        TextAugmenter augmenter = new TextAugmenter(plan.style());
        WeakLabeler labeler = new WeakLabeler(taxonomy);
        SplittableRandom random = new SplittableRandom(seed);
        for (TrainingRow row : new Synthesizer(plan).fromTemplates(taxonomy, perTemplate, 1, seed)) {
            LabelledExample example = labeler.label(row).example();
            out().println(Json.text(plain ? example : example.withText(augmenter.vary(example.text(), random))));
        }
        return 0;
    }
}
