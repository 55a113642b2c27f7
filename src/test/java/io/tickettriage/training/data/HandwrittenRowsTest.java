package io.tickettriage.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.TestTaxonomies;
import io.tickettriage.training.evaluation.LabelledRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows that people wrote for training, and those that are kept apart to judge by. */
class HandwrittenRowsTest {
    private static final Path EXAMPLES = Path.of("config", "examples");
    private static final Path HOLDOUT = Path.of("config", "holdout.jsonl");
    private static final List<Path> UNSEEN = List.of(
            Path.of("..", "shared", "data", "dev_test.jsonl.gz"), Path.of("..", "shared", "data", "ood_dev.jsonl.gz"));

    /** Of all runs of three words of two texts, the share that both have, from which one is a copy of the other. */
    private static final double NEAR_COPY = 0.6;

    /** A row, where it stands, and what it says of each head. */
    private record Row(String place, String text, Map<String, String> labels) {}

    private static List<Row> examples() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                String[] heads = lines.get(0).split("\t", -1);
                for (int i = 1; i < lines.size(); i++) {
                    String[] cells = lines.get(i).split("\t", -1);
                    assertThat(cells).as("%s:%d", file, i + 1).hasSameSizeAs(heads);
                    Map<String, String> labels = new HashMap<>();
                    for (int k = 1; k < heads.length; k++) {
                        labels.put(heads[k], cells[k]);
                    }
                    rows.add(new Row(file + ":" + (i + 1), cells[0], labels));
                }
            }
        }
        return rows;
    }

    private static List<Row> holdout(Taxonomy taxonomy) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (LabelledRow row : LabelledRow.read(HOLDOUT, taxonomy.headNames())) {
            rows.add(new Row(
                    HOLDOUT + ":" + (rows.size() + 1), row.text(), row.example().labels()));
        }
        return rows;
    }

    private static List<Row> all(Taxonomy taxonomy) throws IOException {
        List<Row> rows = new ArrayList<>(examples());
        rows.addAll(holdout(taxonomy));
        return rows;
    }

    @Test
    void shouldHaveEachTextOnceAndLabelsThatExist() throws Exception {
        Taxonomy taxonomy = TestTaxonomies.project();
        Map<String, String> places = new HashMap<>();
        List<Row> rows = all(taxonomy);
        for (Row row : rows) {
            assertThat(row.text()).as(row.place()).isNotBlank();
            assertThat(places.put(row.text().toLowerCase(Locale.ROOT).strip(), row.place()))
                    .as("%s is there twice: \"%s\"", row.place(), row.text())
                    .isNull();
            row.labels().forEach((head, label) -> assertThat(taxonomy.problem(head, label))
                    .as(row.place())
                    .isEmpty());
        }
        assertThat(rows).hasSizeGreaterThan(9_000);
    }

    /** Else the figures on those rows would flatter the model. */
    @Test
    void shouldHaveNoNearCopyOfARowThatModelsAreJudgedBy() throws Exception {
        assumeTrue(UNSEEN.stream().allMatch(Files::isRegularFile), "skipped: ../shared/data is not here");
        Taxonomy taxonomy = TestTaxonomies.project();
        Map<List<String>, List<Set<List<String>>>> byRun = new HashMap<>();
        Set<List<String>> whole = new HashSet<>();
        for (Path file : UNSEEN) {
            for (LabelledRow row : LabelledRow.read(file, taxonomy.headNames())) {
                whole.add(words(row.text()));
                Set<List<String>> runs = runs(row.text());
                runs.forEach(run ->
                        byRun.computeIfAbsent(run, first -> new ArrayList<>()).add(runs));
            }
        }
        List<String> copies = new ArrayList<>();
        for (Row row : all(taxonomy)) {
            Set<List<String>> runs = runs(row.text());
            boolean equal = words(row.text()).size() > 2 && whole.contains(words(row.text()));
            boolean near = runs.size() > 2
                    && runs.stream()
                            .flatMap(run -> byRun.getOrDefault(run, List.of()).stream())
                            .anyMatch(other -> overlap(runs, other) >= NEAR_COPY);
            if (equal || near) {
                copies.add(row.place() + " \"" + row.text() + '"');
            }
        }
        assertThat(copies).isEmpty();
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Set<List<String>> runs(String text) {
        List<String> words = words(text);
        Set<List<String>> runs = new HashSet<>();
        for (int i = 0; i + 3 <= words.size(); i++) {
            runs.add(List.copyOf(words.subList(i, i + 3)));
        }
        return runs;
    }

    private static double overlap(Set<List<String>> a, Set<List<String>> b) {
        long both = a.stream().filter(b::contains).count();
        return (double) both / (a.size() + b.size() - both);
    }
}
