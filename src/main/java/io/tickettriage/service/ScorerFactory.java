package io.tickettriage.service;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.SettingKeys;
import io.tickettriage.config.Settings;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.Rules;
import io.tickettriage.scoring.Templates;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What scoring needs besides a ticket, loaded and checked once.
 *
 * @param model the model to begin with
 */
public record ScorerFactory(TicketModel model, Rules rules, Templates templates, Settings settings) {
    private static final String TEMPLATES = "config/templates.yaml";

    /** Loads model, rules and templates; {@code modelFile} beats the configured one. */
    public static ScorerFactory load(Settings settings, Optional<Path> modelFile) throws IOException {
        TicketModel model = ArtifactFile.read(
                        modelFile.or(() -> configuredModel(settings)).orElse(null))
                .model();
        String rulesFile = settings.get(SettingKeys.RULES_FILE);
        Rules rules = Rules.parse(ConfigFiles.text(rulesFile), rulesFile);
        List<String> problems =
                model.formatVersion() == ArtifactReader.FORMAT_VERSION ? rules.problems(model) : List.of();
        if (!problems.isEmpty()) {
            throw new IOException(String.join(System.lineSeparator(), problems));
        }
        return new ScorerFactory(model, rules, Templates.parse(ConfigFiles.text(TEMPLATES), TEMPLATES), settings);
    }

    private static Optional<Path> configuredModel(Settings settings) {
        String file = settings.get(SettingKeys.MODEL_FILE);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(ConfigFiles.home().resolve(file));
    }

    /** A scorer for one thread. */
    public TicketScorer newScorer(ActiveModel activeModel, OutputOptions options) {
        return new TicketScorer(activeModel, new TicketDecoder(maxTicketBytes()), rules, templates, options);
    }

    public int maxTicketBytes() {
        return Math.toIntExact(settings.get(SettingKeys.MAX_TICKET_BYTES));
    }

    /** The parts of the output as the configuration has them. */
    public OutputOptions outputOptions() {
        return new OutputOptions(
                settings.get(SettingKeys.OUTPUT_SCORES),
                choice(settings.get(SettingKeys.OUTPUT_EXPLANATION)),
                choice(settings.get(SettingKeys.OUTPUT_HUMAN_READABLE)),
                false);
    }

    private static OutputOptions.For choice(String value) {
        return OutputOptions.For.valueOf(value.toUpperCase(Locale.ROOT));
    }
}
