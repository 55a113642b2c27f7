package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.registry.ModelRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code triage model list}: the published models. */
@Command(
        name = "list",
        description = "Lists the published models, oldest first, and which one is active or in the shadow.",
        footer = {"", "Example:", "  triage model list --bootstrap localhost:9092"})
final class ModelListCommand extends TriageCommand {
    @Mixin
    private ModelsOnKafka models;

    @Mixin
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        output.print(new ModelList(
                models.open(ModelRegistry::list).stream().map(ListedModel::of).toList()));
        return 0;
    }

    private record ListedModel(String version, Instant publishedAt, int bytes, boolean active, boolean shadow) {
        static ListedModel of(ModelRegistry.Published model) {
            return new ListedModel(
                    model.version(),
                    Instant.ofEpochMilli(model.publishedAt()),
                    model.bytes(),
                    model.active(),
                    model.shadow());
        }
    }

    private record ModelList(List<ListedModel> models) implements Report {
        @Override
        public void print(Page page) {
            if (models.isEmpty()) {
                page.line("No model is published; instances score with the one in the program.");
                return;
            }
            Page.Table table = page.table("version", "published", "MiB", "");
            for (ListedModel model : models) {
                table.row(
                        model.version(),
                        model.publishedAt(),
                        String.format(Locale.ROOT, "%.2f", model.bytes() / 1048576.0),
                        model.active() ? "active" : model.shadow() ? "shadow" : "");
            }
            table.print();
        }
    }
}
