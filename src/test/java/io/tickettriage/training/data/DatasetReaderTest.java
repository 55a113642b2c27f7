package io.tickettriage.training.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.format.Yaml;
import io.tickettriage.training.TestTaxonomies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
    private final Path folder;

    DatasetReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private LoadedDataset read(String yaml) throws IOException {
        DatasetCatalog catalog =
                Yaml.read("datasets:\n  - name: it\n" + yaml.indent(4), "catalogue", DatasetCatalog.class);
        return new DatasetReader(TestTaxonomies.project(), folder)
                .read(catalog.datasets().get(0));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldMapForeignLabelsAndCountWhatDoesNotMap() throws IOException {
        write("a.tsv", "text\tlabel\nwhere is it\ttrack\nhello\thi\nbye\thi\n");
        LoadedDataset loaded = read("format: tsv\npath: a.tsv\nlabel: label\nmap: {track: {intent: order_tracking}}");
        assertThat(loaded.rows()).hasSize(1);
        assertThat(loaded.rows().get(0).example().labels()).isEqualTo(Map.of("intent", "order_tracking"));
        assertThat(loaded.unmapped()).isEqualTo(Map.of("hi", 2));
        assertThat(loaded.unmappedRows()).isEqualTo(2);
    }

    @Test
    void shouldJoinSubjectAndBodyAsTicketsDo() throws IOException {
        write("a.csv", "subject,description,intent\nHelp,\"it broke,\nagain\",technical_issue\n");
        LoadedDataset loaded = read("format: csv\npath: a.csv\ntext: [subject, description]\nheads: {intent: intent}");
        assertThat(loaded.rows().get(0).text()).isEqualTo("Help\nit broke,\nagain");
    }

    @Test
    void shouldReadJsonArraysPackedLinesAndPairedFilesAlike() throws IOException {
        write("a.json", "[{\"text\": \"money back\", \"intent\": \"refund\"}]");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.jsonl.gz")))) {
            out.write("{\"text\": \"money back\", \"intent\": \"refund\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        write("texts.txt", "money back\n");
        write("labels.txt", "0\n");
        for (String yaml : List.of(
                "format: json\npath: a.json",
                "format: jsonl\npath: a.jsonl.gz",
                "format: paired_lines\npath: texts.txt\nlabels: labels.txt\nlabel: label\nmap: {\"0\": {intent: refund}}")) {
            LoadedDataset loaded = read(yaml);
            assertThat(loaded.rows()).as(yaml).hasSize(1);
            assertThat(loaded.rows().get(0).text()).as(yaml).isEqualTo("money back");
            assertThat(loaded.rows().get(0).example().labels()).as(yaml).isEqualTo(Map.of("intent", "refund"));
        }
    }

    @Test
    void shouldNameTheMissingFile() {
        assertThatThrownBy(() -> read("format: tsv\npath: none.tsv"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("none.tsv: there is no such file");
    }

    @Test
    void shouldNameTheMissingColumnAndTheOnesThereAre() throws IOException {
        write("a.tsv", "txt\tlabel\nx\ty\n");
        assertThatThrownBy(() -> read("format: tsv\npath: a.tsv\nheads: {intent: label}"))
                .isInstanceOf(BadDataException.class)
                .hasMessageEndingWith("a.tsv:1: has no column text; its columns are txt, label");
    }

    @Test
    void shouldNameTheLineOfAnUnknownLabel() throws IOException {
        write("a.jsonl", "{\"text\": \"a\", \"intent\": \"refund\"}\n{\"text\": \"b\", \"intent\": \"nonsense\"}\n");
        assertThatThrownBy(() -> read("format: jsonl\npath: a.jsonl"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("a.jsonl:2: head intent has no label \"nonsense\"");
    }

    @Test
    void shouldRefuseAMapToAnUnknownLabelBeforeReading() {
        assertThatThrownBy(() -> read("format: tsv\npath: none.tsv\nlabel: label\nmap: {a: {intent: refunds}}"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("dataset it: map: head intent has no label \"refunds\"");
    }

    @Test
    void shouldNameTheLineThatIsNotUtf8() throws IOException {
        Files.write(folder.resolve("a.tsv"), "text\tintent\ngood\trefund\ncaf\u00e9\trefund\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> read("format: tsv\npath: a.tsv\nheads: {intent: intent}"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("a.tsv:3: not UTF-8");
    }

    @Test
    void shouldRefuseALineWithoutEnd() throws IOException {
        Files.writeString(
                folder.resolve("a.jsonl"), "{\"text\": \"" + "x".repeat(LineSource.MAX_LINE_BYTES + 1) + "\"}");
        assertThatThrownBy(() -> read("format: jsonl\npath: a.jsonl"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("a.jsonl:1: the line is longer than 4 MiB");
    }

    @Test
    void shouldNameTheLineThatIsNotJson() throws IOException {
        write("a.jsonl", "{\"text\": \"a\", \"intent\": \"refund\"}\n{\"text\": \n");
        assertThatThrownBy(() -> read("format: jsonl\npath: a.jsonl"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("a.jsonl:2: not JSON");
    }

    @Test
    void shouldNameTheTextWithoutLabel() throws IOException {
        write("texts.txt", "one\ntwo\n");
        write("labels.txt", "0\n");
        assertThatThrownBy(
                        () -> read(
                                "format: paired_lines\npath: texts.txt\nlabels: labels.txt\nlabel: label\nmap: {\"0\": {intent: refund}}"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("texts.txt:2: has no label");
    }

    @Test
    void shouldReadEveryHandWrittenExampleOfTheProject() throws IOException {
        String yaml = Files.readString(Path.of("config/datasets.yaml"));
        DatasetCatalog catalog = Yaml.read(yaml, "config/datasets.yaml", DatasetCatalog.class);
        DatasetSpec handwritten = catalog.dataset("handwritten");
        LoadedDataset loaded = new DatasetReader(TestTaxonomies.project(), Path.of("")).read(handwritten);
        assertThat(loaded.rows()).hasSizeGreaterThan(4000);
        assertThat(LabelCounts.of(loaded.rows())
                        .byHead()
                        .getOrDefault("intent", new java.util.TreeMap<>())
                        .keySet())
                .containsExactlyElementsOf(
                        TestTaxonomies.project().head("intent").orElseThrow().labels());
    }

    @Test
    void shouldKeepQuotesTabsApartAndSkipBlankLinesOfTabSeparatedValues() throws IOException {
        write("a.tsv", "text\tintent\nsaid \"no\"\\nand left\trefund\n\n \t\nlast\trefund\n");
        LoadedDataset loaded = read("format: tsv\npath: a.tsv\nheads: {intent: intent}");
        assertThat(loaded.rows()).extracting(TrainingRow::text).containsExactly("said \"no\"\nand left", "last");
    }

    @Test
    void shouldNameTheLineOfAnUnknownLabelOfTabSeparatedValues() throws IOException {
        write("a.tsv", "text\tintent\ngood\trefund\n\nbad\tnonsense\n");
        assertThatThrownBy(() -> read("format: tsv\npath: a.tsv\nheads: {intent: intent}"))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("a.tsv:4: head intent has no label \"nonsense\"");
    }

    @Test
    void shouldReadTheRowsOfAnArrayInsideAnObject() throws IOException {
        write("a.json", """
                {"info": [1], "data": [["money back", "refund"],
                                       ["again", "refund"]]}
                """);
        LoadedDataset loaded =
                read("format: json\npath: a.json\nat: data\ncolumns: [text, intent]\nheads: {intent: intent}");
        assertThat(loaded.rows()).extracting(TrainingRow::text).containsExactly("money back", "again");
    }

    @Test
    void shouldNameTheLineOfAnUnknownField() {
        assertThatThrownBy(() -> read("format: tsv\npath: a.tsv\nlicense: MIT"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("catalogue:5: unknown field \"license\"");
    }
}
