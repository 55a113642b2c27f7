package io.tickettriage.cli.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.registry.ModelRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code triage model list}: the published models. */
@Command(
        name = "list",
        description = "Lists the published models, oldest first, and which one is active or in the shadow.",
        footer = {"", "Example:", "  triage model list --bootstrap localhost:9092"})
final class ModelListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelsOnKafka models;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<ModelRegistry.Published> published = models.open(ModelRegistry::list);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(published));
        } else if (published.isEmpty()) {
            out.println("No model is published; instances score with the one in the program.");
        } else {
            for (ModelRegistry.Published model : published) {
                out.printf(
                        Locale.ROOT,
                        "%-20s  %s  %7.2f MiB  %s%n",
                        model.version(),
                        Instant.ofEpochMilli(model.publishedAt()),
                        model.bytes() / 1048576.0,
                        model.active() ? "active" : model.shadow() ? "shadow" : "");
            }
        }
        out.flush();
        return 0;
    }

    private static ObjectNode toJson(List<ModelRegistry.Published> published) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode list = root.putArray("models");
        for (ModelRegistry.Published model : published) {
            list.addObject()
                    .put("version", model.version())
                    .put(
                            "published_at",
                            Instant.ofEpochMilli(model.publishedAt()).toString())
                    .put("bytes", model.bytes())
                    .put("active", model.active())
                    .put("shadow", model.shadow());
        }
        return root;
    }
}
