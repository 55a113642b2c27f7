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
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.Probe;
import io.tickettriage.scoring.Rehearsal;
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
import java.util.SortedSet;
import java.util.stream.IntStream;

/** What scoring needs besides a ticket, loaded and checked once; {@code model} is the one to begin with. */
public record ScorerFactory(TicketModel model, Rules rules, Templates templates, ScoringConfig config) {
    private static final String TEMPLATES = "config/templates.yaml";

    /** Loads model, rules and templates; {@code modelFile} beats the configured one. */
    public static ScorerFactory load(Settings settings, Optional<Path> modelFile) throws IOException {
        ScoringConfig config = settings.get(ScoringConfig.class);
        TicketModel model = ArtifactFile.read(
                        modelFile.or(() -> configuredFile(config)).orElse(null))
                .model();
        Rules rules = readRules(config);
        List<String> problems =
                model.formatVersion() == ArtifactReader.FORMAT_VERSION ? rules.problems(model) : List.of();
        if (!problems.isEmpty()) {
            throw new IOException(String.join(System.lineSeparator(), problems));
        }
        return new ScorerFactory(model, rules, readTemplates(), config);
    }

    /** Loads what a running program scores with; its model is checked and rehearsed as a published one. */
    public static ScorerFactory loadToServe(Settings settings, SortedSet<String> queues) throws IOException {
        ScoringConfig config = settings.get(ScoringConfig.class);
        Rules rules = readRules(config);
        Templates templates = readTemplates();
        Optional<Path> file = configuredFile(config);
        byte[] artifact = ArtifactFile.bytes(file.orElse(null));
        try {
            TicketModel model =
                    modelCheck(rules, templates, queues).read(artifact).model();
            return new ScorerFactory(model, rules, templates, config);
        } catch (IOException e) {
            throw new IOException(file.map(Path::toString).orElse("the program's model") + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> configuredFile(ScoringConfig config) {
        return Optional.of(config.modelFile()).filter(file -> !file.isEmpty()).map(ConfigFiles.home()::resolve);
    }

    private static Rules readRules(ScoringConfig config) throws IOException {
        return Rules.parse(ConfigFiles.text(config.rulesFile()), config.rulesFile());
    }

    private static Templates readTemplates() throws IOException {
        return Templates.parse(ConfigFiles.text(TEMPLATES), TEMPLATES);
    }

    /** The check of a model that is to be published: with the rules and templates that are configured here. */
    public static ModelCheck modelCheck(Settings settings, SortedSet<String> queues) throws IOException {
        return modelCheck(readRules(settings.get(ScoringConfig.class)), readTemplates(), queues);
    }

    /** The check of every model that is to score with these rules and templates. */
    public ModelCheck modelCheck(SortedSet<String> queues) {
        return modelCheck(rules, templates, queues);
    }

    private static ModelCheck modelCheck(Rules rules, Templates templates, SortedSet<String> queues) {
        Rehearsal rehearsal = new Rehearsal(rules, templates);
        return new ModelCheck(queues, artifact -> rehearsal.problem(artifact.model(), probes(artifact.golden())));
    }

    private static List<Probe> probes(List<ModelArtifact.GoldenTicket> golden) {
        return IntStream.range(0, golden.size())
                .mapToObj(i -> new Probe(
                        "golden[" + i + "]", golden.get(i).text(), golden.get(i).metadata()))
                .toList();
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
