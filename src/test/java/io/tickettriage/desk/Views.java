package io.tickettriage.desk;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.desk.DeskView.State;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.time.Duration;

/** Views that have read nothing, for tests. */
final class Views {
    private Views() {}

    static DeskView empty() {
        return empty(1_000, 1 << 20);
    }

    static DeskView empty(int maxOpen, long maxBytes) {
        Taxonomy taxonomy = taxonomy();
        State empty = new State(
                new OpenTickets(maxOpen, maxBytes),
                new RecentTickets(100, 1 << 20),
                new Claims(),
                new Submissions(),
                new Agreement(),
                new Traffic());
        return new DeskView(
                TopicNames.PLAIN,
                new CorrectionDecoder(taxonomy, 1 << 20),
                taxonomy,
                () -> "department",
                Duration.ofDays(7),
                empty);
    }

    private static Taxonomy taxonomy() {
        try {
            return ConfigFiles.read("config/taxonomy.yaml", Taxonomy::read);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
