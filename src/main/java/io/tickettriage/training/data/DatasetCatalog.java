package io.tickettriage.training.data;

import io.tickettriage.format.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The known sources: the content of {@code config/datasets.yaml}. */
public record DatasetCatalog(List<DatasetSpec> datasets) {
    public DatasetCatalog {
        datasets = List.copyOf(datasets);
        Set<String> names = new HashSet<>();
        for (DatasetSpec dataset : datasets) {
            if (!names.add(dataset.name())) {
                throw new IllegalArgumentException("dataset \"" + dataset.name() + "\" is there twice");
            }
        }
    }

    /** Reads a catalogue; {@code source} is its name in errors. */
    public static DatasetCatalog read(InputStream yaml, String source) throws IOException {
        return Yaml.read(yaml, source, DatasetCatalog.class);
    }

    /**
     * The dataset of that name.
     *
     * @throws BadDataException if there is none; the message lists those there are
     */
    public DatasetSpec dataset(String name) throws BadDataException {
        return datasets.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow(() -> {
            List<String> known = datasets.stream().map(DatasetSpec::name).toList();
            return new BadDataException(
                    "there is no dataset \"" + name + "\" (known: " + String.join(", ", known) + ")");
        });
    }
}
