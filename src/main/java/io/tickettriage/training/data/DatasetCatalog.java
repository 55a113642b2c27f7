package io.tickettriage.training.data;

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

    /** The dataset of that name; an error lists those there are. */
    public DatasetSpec dataset(String name) throws BadDataException {
        return datasets.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow(() -> {
            List<String> known = datasets.stream().map(DatasetSpec::name).toList();
            return new BadDataException(
                    "there is no dataset \"" + name + "\" (known: " + String.join(", ", known) + ")");
        });
    }
}
