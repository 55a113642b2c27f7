package io.tickettriage.service;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.OutputConfig;
import io.tickettriage.config.ScoringConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.Rules;
import io.tickettriage.scoring.ScoringTopology;
import io.tickettriage.scoring.ShadowScorer;
import io.tickettriage.scoring.Templates;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What scoring needs besides a ticket, loaded and checked once; {@code model} is the one to begin with. */
public record ScorerFactory(TicketModel model, Rules rules, Templates templates, ScoringConfig config) {
    private static final String TEMPLATES = "config/templates.yaml";

    /** Loads model, rules and templates; {@code modelFile} beats the configured one. */
    public static ScorerFactory load(Settings settings, Optional<Path> modelFile) throws IOException {
        ScoringConfig config = settings.get(ScoringConfig.class);
        Optional<Path> configured =
                Optional.of(config.modelFile()).filter(file -> !file.isEmpty()).map(ConfigFiles.home()::resolve);
        TicketModel model =
                ArtifactFile.read(modelFile.or(() -> configured).orElse(null)).model();
        Rules rules = Rules.parse(ConfigFiles.text(config.rulesFile()), config.rulesFile());
        List<String> problems =
                model.formatVersion() == ArtifactReader.FORMAT_VERSION ? rules.problems(model) : List.of();
        if (!problems.isEmpty()) {
            throw new IOException(String.join(System.lineSeparator(), problems));
        }
        return new ScorerFactory(model, rules, Templates.parse(ConfigFiles.text(TEMPLATES), TEMPLATES), config);
    }

    /** A scorer for one thread. */
    public TicketScorer newScorer(ActiveModel activeModel, OutputOptions options) {
        return new TicketScorer(activeModel, new TicketDecoder(config.maxTicketBytes()), rules, templates, options);
    }

    /** The scorers of one thread of the scoring topology. */
    public ScoringTopology.Scorers newScorers(ActiveModel activeModel, Challenger shadow) {
        return new ScoringTopology.Scorers(
                newScorer(activeModel, outputOptions()), new ShadowScorer(shadow, rules, config.shadowSamplePercent()));
    }

    /** The parts of the output as the configuration has them. */
    public OutputOptions outputOptions() {
        OutputConfig output = config.output();
        OutputOptions.For explanation =
                OutputOptions.For.valueOf(output.explanation().name());
        OutputOptions.For humanReadable =
                OutputOptions.For.valueOf(output.humanReadable().name());
        return new OutputOptions(output.scores(), explanation, humanReadable, false);
    }
}
