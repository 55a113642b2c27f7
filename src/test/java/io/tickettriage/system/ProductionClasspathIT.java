package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickettriage.cli.Triage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of production start without the libraries of the tools: as in the image, and as the launcher starts them. */
class ProductionClasspathIT {
    private static final Path JAR = Path.of("target/triage.jar");
    private static final Path LIBRARIES = Path.of("target/lib");
    private static final Pattern PRODUCTION =
            Pattern.compile("(?m)^\\s*([a-z|]+)\\) classpath=\"\\$jar:\\$home/target/lib/\\*\" ;;");

    static List<String> productionCommands() throws IOException {
        Matcher commands = PRODUCTION.matcher(Files.readString(Path.of("triage")));
        assertThat(commands.find()).isTrue();
        return List.of(commands.group(1).split("\\|", -1));
    }

    @ParameterizedTest
    @MethodSource("productionCommands")
    void shouldStartWithTheProductionLibrariesAlone(String command) throws Exception {
        assumeTrue(
                Files.exists(JAR) && Files.isDirectory(LIBRARIES), "skipped: run ./mvnw verify, which builds the jar");
        Path output = Files.createTempFile("triage-help", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JAR + System.getProperty("path.separator") + LIBRARIES + "/*",
                        Triage.class.getName(),
                        command,
                        "--help")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String printed = Files.readString(output, UTF_8);
            assertThat(process.exitValue()).as(printed).isZero();
            assertThat(printed).startsWith("Usage: triage " + command);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
