package io.tickettriage.cli;

import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.ArtifactReader;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.ModelArtifact;
import io.tickettriage.model.TicketModel;
import io.tickettriage.ops.SettingKeys;
import io.tickettriage.ops.Settings;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.Rules;
import io.tickettriage.scoring.Templates;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    /** The model inside the program. */
    static final String BUNDLED_MODEL = "models/default.json";

    private static final String TEMPLATES = "config/templates.yaml";

    /** Loads model, rules and templates; {@code modelFile} beats the configured one. */
    static Scoring load(Settings settings, Optional<Path> modelFile) throws IOException {
        TicketModel model =
                artifact(modelFile.or(() -> configuredModel(settings))).model();
        String rulesFile = settings.get(SettingKeys.RULES_FILE);
        Rules rules = Rules.parse(Home.read(rulesFile), rulesFile);
        List<String> problems =
                model.formatVersion() == ArtifactReader.FORMAT_VERSION ? rules.problems(model) : List.of();
        if (!problems.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), problems));
        }
        return new Scoring(model, rules, Templates.parse(Home.read(TEMPLATES), TEMPLATES), settings);
    }

    /** Reads an artifact file, or the one inside the program. */
    static ModelArtifact artifact(Optional<Path> file) throws IOException {
        String name = file.map(Path::toString).orElse(BUNDLED_MODEL);
        try {
            return ArtifactReader.read(file.isPresent() ? Files.readAllBytes(file.get()) : bundled());
        } catch (InvalidArtifactException e) {
            throw new CommandFailedException("model " + name + ": " + e.problem() + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no model file " + name, e);
        }
    }

    private static byte[] bundled() throws IOException {
        try (InputStream in = Scoring.class.getClassLoader().getResourceAsStream(BUNDLED_MODEL)) {
            if (in == null) {
                throw new CommandFailedException("the program holds no " + BUNDLED_MODEL + "; name one with --model");
            }
            return in.readAllBytes();
        }
    }

    private static Optional<Path> configuredModel(Settings settings) {
        String file = settings.get(SettingKeys.MODEL_FILE);
        return file.isEmpty() ? Optional.empty() : Optional.of(Home.directory().resolve(file));
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
