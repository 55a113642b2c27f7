package io.tickettriage.desk.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeskPageTest {
    private static final Path FOLDER = Path.of("src/main/resources/desk");
    private static final Pattern IMPORT = Pattern.compile("from\\s+'\\./([^']+)'|\\{\\{assets}}/([^\"]+)\"");

    @Test
    void shouldServeEveryFileOfThePageAndEveryFileThatOneNames() throws Exception {
        DeskPage page = DeskPage.load();
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> all = files.toList();
            assertThat(page.assets().keySet())
                    .containsAll(all.stream()
                            .map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !Set.of("assets.txt", "index.html", "openapi.json")
                                    .contains(name))
                            .toList());
            for (Path file : all) {
                Matcher names = IMPORT.matcher(Files.readString(file));
                while (names.find()) {
                    String name = names.group(1) == null ? names.group(2) : names.group(1);
                    assertThat(page.assets()).as("named in " + file).containsKey(name);
                }
            }
        }
    }

    @Test
    void shouldNameItsFilesByTheirContent() throws Exception {
        DeskPage page = DeskPage.load();
        assertThat(page.root())
                .matches("/assets/[0-9a-f]{12}/")
                .isEqualTo(DeskPage.load().root());
        assertThat(new String(page.index(), UTF_8))
                .contains("src=\"" + page.root() + "app.js\"")
                .doesNotContain("{{")
                .doesNotContainPattern("https?://|<script>|style=|onclick");
    }

    @Test
    void shouldBeSmall() throws Exception {
        long bytes = DeskPage.load().assets().values().stream()
                .mapToLong(asset -> asset.gzip().length)
                .sum();
        assertThat(bytes).as("compressed").isLessThan(300_000);
    }
}
