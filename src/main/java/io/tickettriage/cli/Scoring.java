package io.tickettriage.cli;

import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.ArtifactReader;
import io.tickettriage.model.TicketModel;
import io.tickettriage.ops.SettingKeys;
import io.tickettriage.ops.Settings;
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
record Scoring(TicketModel model, Rules rules, Templates templates, Settings settings) {
    private static final String TEMPLATES = "config/templates.yaml";

    /** Loads model, rules and templates; {@code modelFile} beats the configured one. */
    static Scoring load(Settings settings, Optional<Path> modelFile) throws IOException {
        TicketModel model = Artifacts.read(
                        modelFile.or(() -> configuredModel(settings)).orElse(null))
                .model();
        String rulesFile = settings.get(SettingKeys.RULES_FILE);
        Rules rules = Rules.parse(ConfigFiles.text(rulesFile), rulesFile);
        List<String> problems =
                model.formatVersion() == ArtifactReader.FORMAT_VERSION ? rules.problems(model) : List.of();
        if (!problems.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), problems));
        }
        return new Scoring(model, rules, Templates.parse(ConfigFiles.text(TEMPLATES), TEMPLATES), settings);
    }

    private static Optional<Path> configuredModel(Settings settings) {
        String file = settings.get(SettingKeys.MODEL_FILE);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(ConfigFiles.home().resolve(file));
    }

    /** A scorer for one thread. */
    TicketScorer newScorer(ActiveModel activeModel, OutputOptions options) {
        return new TicketScorer(activeModel, new TicketDecoder(maxTicketBytes()), rules, templates, options);
    }

    int maxTicketBytes() {
        return Math.toIntExact(settings.get(SettingKeys.MAX_TICKET_BYTES));
    }

    /** The parts of the output as the configuration has them. */
    OutputOptions outputOptions() {
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
