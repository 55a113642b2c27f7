package io.tickettriage.scoring;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Scorers for tests. */
final class TestScorers {
    private TestScorers() {}

    /** The program's model, rules and templates, with every part of the output. */
    static TicketScorer withEverything() {
        try {
            return new TicketScorer(
                    new ActiveModel(ArtifactFile.read(null).model()),
                    new TicketDecoder(1024 * 1024),
                    Rules.parse(ConfigFiles.text("config/rules.yaml"), "config/rules.yaml"),
                    Templates.parse(ConfigFiles.text("config/templates.yaml"), "config/templates.yaml"),
                    new OutputOptions(true, OutputOptions.For.ALL, OutputOptions.For.ALL, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
