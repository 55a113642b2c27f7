package io.tickettriage.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.cli.Triage;
import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.CommandFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainingCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    TrainingCommandsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private record Outcome(int code, String out, String err) {}

    private static Outcome triage(String... args) {
        CommandLine line = Triage.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(args);
        return new Outcome(code, out.toString(), err.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldEndWithOneErrorAndNothingWrittenForBadRows() throws IOException {
        Path data = write(
                "rows.jsonl", "{\"text\": \"a\", \"intent\": \"refund\"}\n{\"text\": \"b\", \"intent\": \"nope\"}\n");
        Path out = folder.resolve("model.json");
        Outcome outcome = triage("train", "--data", data.toString(), "--out", out.toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("rows.jsonl:2: head intent has no label \"nope\"")
                .hasLineCount(1);
        assertThat(out).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(data);
        }
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        Outcome outcome = triage("train", "--data", folder.resolve("none.jsonl").toString(), "--out", "x.json");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("none.jsonl: there is no such file");
    }

    @Test
    void shouldSayWhereASettingsFileIsWrong() throws IOException {
        Path config = write("training.yaml", "seed: 1\nsed: 2\n");
        Outcome outcome = triage("train", "--config", config.toString(), "--out", "x.json");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("training.yaml:").contains("must be there");
    }

    @Test
    void shouldRefuseAFileThatCannotBeWritten() throws IOException {
        Path blocker = write("blocker", "");
        try {
            AtomicFile.write(blocker.resolve("model.json"), new byte[] {1});
        } catch (CommandFailedException e) {
            assertThat(e).hasMessageContaining("model.json: cannot be written");
            return;
        }
        throw new AssertionError("a file is no folder");
    }

    @Test
    void shouldPrintTheFieldsOfTheContract() throws IOException {
        Path data = write("rows.jsonl", """
                {"text": "I want my money back", "intent": "refund", "department": "billing"}
                {"text": "where is my parcel", "intent": "order_tracking", "department": null}
                """);
        Outcome outcome = triage("evaluate", "--data", data.toString(), "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.path("rows").asInt()).isEqualTo(2);
        assertThat(json.at("/exact_match/n").asInt()).isEqualTo(1);
        assertThat(json.at("/heads/intent/n").asInt()).isEqualTo(2);
        assertThat(json.at("/heads/department/n").asInt()).isEqualTo(1);
        assertThat(json.at("/heads/intent/classes/refund/support").asInt()).isEqualTo(1);
        assertThat(json.at("/review/share").isNumber()).isTrue();
        assertThat(json.path("heads").has("sentiment")).isFalse();
    }

    @Test
    void shouldCompareAModelWithItselfAsEqual() throws IOException {
        Path data = write("rows.jsonl", "{\"text\": \"I want my money back\", \"intent\": \"refund\"}\n");
        String model = "src/main/resources/models/default.json";
        Outcome outcome = triage(
                "evaluate",
                "--data",
                data.toString(),
                "--model",
                model,
                "--compare",
                model,
                "--slice",
                "short,hinglish",
                "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.at("/comparison/intent/difference").asDouble()).isZero();
        assertThat(json.at("/slices/short/rows").asInt()).isEqualTo(1);
        assertThat(json.at("/slices/hinglish/rows").asInt()).isZero();
    }

    @Test
    void shouldShowWhatIsInsideTheModel() throws IOException {
        Outcome outcome = triage("model", "inspect", "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.path("parameter_bytes").asLong()).isBetween(1L, 2L << 20);
        assertThat(json.at("/heads/intent/top_terms/refund").toString()).contains("refund");
        assertThat(json.at("/provenance/data").size()).isPositive();
    }

    @Test
    void shouldListAndCountTheSources() throws IOException {
        JsonNode list = JSON.readTree(triage("datasets", "list", "--json").out());
        assertThat(list.at("/handwritten/present").asBoolean()).isTrue();
        Outcome stats = triage("datasets", "stats", "--json");
        assertThat(JSON.readTree(stats.out())
                        .at("/handwritten/heads/intent/refund")
                        .asInt())
                .isGreaterThan(200);
    }

    @Test
    void shouldExplainAnUnknownDataset() {
        Outcome outcome = triage("datasets", "fetch", "nonsense");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no dataset \"nonsense\"").contains("handwritten");
    }

    @Test
    void shouldPrintTheSameRowsForTheSameSeed() throws IOException {
        Outcome one = triage("synthesize", "--per-template", "1", "--seed", "7");
        assertThat(one.out())
                .isEqualTo(triage("synthesize", "--per-template", "1", "--seed", "7")
                        .out());
        JsonNode row = JSON.readTree(one.out().lines().findFirst().orElseThrow());
        assertThat(row.path("text").asText()).isNotBlank();
        assertThat(row.path("department").asText()).isNotBlank();
    }
}
