package io.tickettriage.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The known sources: the content of {@code config/datasets.yaml}. */
public record DatasetCatalog(List<DatasetSpec> datasets) {
    /** Copies the list and refuses a name that is there twice. */
    public DatasetCatalog {
        datasets = datasets == null ? List.of() : List.copyOf(datasets);
        Set<String> names = new HashSet<>();
        for (DatasetSpec dataset : datasets) {
            if (!names.add(dataset.name())) {
                throw new IllegalArgumentException("dataset \"" + dataset.name() + "\" is there twice");
            }
        }
    }

    /** Reads a catalogue; {@code source} is its name in errors. */
    public static DatasetCatalog read(InputStream yaml, String source) throws IOException {
        return YamlFile.read(yaml, source, DatasetCatalog.class);
    }

    /** The dataset of that name. */
    public Optional<DatasetSpec> dataset(String name) {
        return datasets.stream().filter(d -> d.name().equals(name)).findFirst();
    }
}
