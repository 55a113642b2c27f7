package io.tickettriage.verify.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class InstallationTest {
    @TempDir
    private Path home;

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> Installation.at(home))
                .isInstanceOf(IOException.class)
                .hasMessage(home + ": there is no program triage");

        install("exit 0");
        Files.delete(home.resolve("target/triage.jar"));
        assertThatThrownBy(() -> Installation.at(home)).hasMessageStartingWith(home + ": it has not been built");
    }

    @Test
    void shouldSayWhatABuildDoesNotKnow() throws Exception {
        install("echo \"no option ${@: -1}\"; exit 2");

        assertThatThrownBy(() -> Installation.at(home).requireOptions(64, List.of("--set=triage.new=1")))
                .isInstanceOf(IOException.class)
                .hasMessage(home + ": this build cannot run here; triage run --check ends with 2: "
                        + "no option --set=triage.new=1");
    }

    @Test
    void shouldTakeABuildThatKnowsTheOptionsAndNotBuildItAgain() throws Exception {
        install("[ \"$1 $2 $3\" = \"run --check --x\" ] && [ -n \"$TRIAGE_NO_BUILD\" ]"
                + " && [[ \"$TRIAGE_JAVA_OPTS\" = -Xmx64m* ]]");

        assertThatCode(() -> Installation.at(home).requireOptions(64, List.of("--x")))
                .doesNotThrowAnyException();
    }

    private void install(String script) throws IOException {
        Path program = home.resolve("triage");
        Files.writeString(program, "#!/usr/bin/env bash\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(home.resolve("target"));
        Files.writeString(home.resolve("target/triage.jar"), "");
    }
}
