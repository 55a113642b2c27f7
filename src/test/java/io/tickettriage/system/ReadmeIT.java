package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.cli.Triage;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README tells the truth: its commands are run here as they stand there, or by CI, or at least parse. */
class ReadmeIT {
    /** Commands that CI runs, that serve on, or that take minutes: only their options are checked here. */
    private static final Pattern ONLY_PARSED = Pattern.compile(
            "\\./mvnw .*|\\./triage (demo|loop-demo|broker|run|train|evaluate|topics apply|model (publish|rollback)).*");

    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("\\./triage ([^|&>]*)");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?triage ([a-z][^`]*)`");

    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldRunTheCommandsOfTheReadmeInTheirOrder() throws Exception {
        RunningTriage.createPlainTopics(broker);
        List<String> run = new ArrayList<>();
        try (RunningTriage application =
                RunningTriage.startPlain(broker, directory).awaitReady()) {
            for (String line : lines()) {
                if (!ONLY_PARSED.matcher(line).matches()) {
                    assertSucceeds(line);
                    run.add(line);
                }
            }
            assertThat(application.process().isAlive()).isTrue();
        }
        assertThat(run).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldNameOnlyCommandsAndOptionsThatExist() throws Exception {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        for (Path document : documents) {
            String text = Files.readString(document);
            Stream<String> commands = Stream.concat(
                    COMMAND.matcher(text).results().map(m -> m.group(1)),
                    INLINE.matcher(text).results().map(m -> m.group(1)));
            for (String command : commands.toList()) {
                assertParses(document, command.lines().findFirst().orElse("").replaceAll("[`.;,)].*$", ""));
            }
        }
    }

    private static void assertParses(Path document, String command) {
        String[] words = command.strip().split("\\s+", -1);
        CommandLine commandLine = Triage.commandLine();
        Optional<CommandLine> found = Optional.of(commandLine);
        for (String word : words) {
            Optional<CommandLine> next = found.map(c -> c.getSubcommands().get(word));
            if (next.isPresent()) {
                found = next;
            } else if (found.isPresent() && word.matches("--[a-z-]+(=.*)?")) {
                String option = word.replaceAll("=.*", "");
                assertThat(found.get().getCommandSpec().optionsMap())
                        .as("%s: triage %s", document, command)
                        .containsKey(option);
            }
        }
        assertThat(found.orElse(commandLine))
                .as("%s: triage %s", document, command)
                .isNotSameAs(commandLine);
    }

    private void assertSucceeds(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -o pipefail; " + line);
        builder.environment().put("TRIAGE_BOOTSTRAP_SERVERS", broker.bootstrap());
        builder.environment().put("TRIAGE_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path output = Files.createTempFile(directory, "out", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(line).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s", line, Files.readString(output))
                .isZero();
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md"), UTF_8));
        while (block.find()) {
            block.group(1).lines().filter(line -> !line.isBlank()).forEach(lines::add);
        }
        return lines;
    }
}
