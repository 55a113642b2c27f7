package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.cli.Triage;
import io.tickettriage.testing.KafkaBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

class TopicsCommandIT {
    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldApplyTheCatalogueTwiceAndChangeNothingTheSecondTime() throws Exception {
        JsonNode first = json("apply");
        assertThat(first.path("applied"))
                .hasSize(15)
                .allMatch(change -> change.path("safety").asText().equals("safe"));
        assertThat(first.path("held_back")).isEmpty();
        JsonNode second = json("apply");
        assertThat(second.path("applied")).isEmpty();
        assertThat(json("diff").path("changes")).isEmpty();
        assertThat(json("list").path("topics")).hasSize(15).allMatch(topic -> topic.path("exists")
                .asBoolean());
    }

    @Test
    void shouldShowMissingTopicsWithoutCreatingThem() throws Exception {
        assertThat(json("diff").path("changes")).hasSize(15);
        assertThat(json("list").path("topics")).hasSize(15).noneMatch(topic -> topic.path("exists")
                .asBoolean());
    }

    @Test
    void shouldListTheCatalogueWithoutACluster() {
        assertThat(execute("topics", "list")).isZero();
        assertThat(out.toString().lines()).hasSize(15).anyMatch(line -> line.startsWith("tickets.raw "));
    }

    @Test
    void shouldNameTheOptionThatIsWrong() {
        assertThat(execute("topics", "diff", "--prefix", "a b", "--bootstrap", BROKER.bootstrap()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("triage.topic.prefix is \"a b\"");
        assertThat(out.toString()).isEmpty();
    }

    private JsonNode json(String command) throws Exception {
        out.getBuffer().setLength(0);
        assertThat(execute("topics", command, "--json", "--bootstrap", BROKER.bootstrap(), "--prefix", BROKER.prefix()))
                .as(err.toString())
                .isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private int execute(String... args) {
        CommandLine commandLine = Triage.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
