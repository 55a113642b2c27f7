package io.tickettriage.cli.training;

import static picocli.CommandLine.ScopeType.INHERIT;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.format.Yaml;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.DatasetCatalog;
import io.tickettriage.training.data.DatasetReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the files that describe sources and labels. */
final class TrainingFiles {
    @Option(names = "--datasets", paramLabel = "FILE", scope = INHERIT, description = "Sources (config/datasets.yaml).")
    private @Nullable Path datasets;

    @Option(names = "--taxonomy", paramLabel = "FILE", scope = INHERIT, description = "Labels (config/taxonomy.yaml).")
    private @Nullable Path taxonomy;

    DatasetCatalog catalog() throws IOException {
        return ConfigFiles.read(datasets, "datasets.yaml", (yaml, name) -> Yaml.read(yaml, name, DatasetCatalog.class));
    }

    Taxonomy taxonomy() throws IOException {
        return ConfigFiles.read(taxonomy, "taxonomy.yaml", Taxonomy::read);
    }

    DatasetReader reader() throws IOException {
        return new DatasetReader(taxonomy(), ConfigFiles.home());
    }
}
