package io.tickettriage.training.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tickettriage.format.Yaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFetcherTest {
    private static final byte[] CONTENT =
            "text\tlabel\nhello\thi\n".repeat(5000).getBytes(UTF_8);

    private final Path folder;

    private final HttpServer server;
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

    DatasetFetcherTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/data.tsv", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= CONTENT.length) {
            exchange.sendResponseHeaders(416, -1);
        } else {
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
            exchange.getResponseBody().write(CONTENT, from, CONTENT.length - from);
        }
        exchange.close();
    }

    private DatasetSpec spec(String path, String sha256) throws IOException {
        String yaml = "datasets:\n  - {name: it, format: tsv, path: data.tsv, place: Ask Anna for it., url: \"http://"
                + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path
                + "\", sha256: \"" + sha256 + "\"}\n";
        return Yaml.read(yaml, "catalogue", DatasetCatalog.class).datasets().get(0);
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    }

    @Test
    void shouldFetchVerifyAndReportProgress() throws Exception {
        Path file = folder.resolve("sub/data.tsv");
        List<Long> seen = new ArrayList<>();
        String sum = new DatasetFetcher().fetch(spec("/data.tsv", sha256()), file, (done, total) -> {
            assertThat(total).isEqualTo(CONTENT.length);
            seen.add(done);
        });
        assertThat(sum).isEqualTo(sha256());
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(seen).isSorted().last().isEqualTo((long) CONTENT.length);
        assertThat(folder.resolve("sub/data.tsv.part")).doesNotExist();
    }

    @Test
    void shouldGoOnWithAnInterruptedDownload() throws Exception {
        Path file = folder.resolve("data.tsv");
        Files.write(folder.resolve("data.tsv.part"), java.util.Arrays.copyOf(CONTENT, 1234));
        new DatasetFetcher().fetch(spec("/data.tsv", sha256()), file, (done, total) -> {});
        assertThat(ranges).containsExactly("bytes=1234-");
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void shouldKeepNothingWhenTheChecksumDiffers() throws Exception {
        Path file = folder.resolve("data.tsv");
        assertThatThrownBy(() -> new DatasetFetcher().fetch(spec("/data.tsv", "ab".repeat(32)), file, (d, t) -> {}))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("the checksum differs")
                .hasMessageContaining("put the file at " + file);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldSayWhatTheServerAnsweredAndHowToPlaceTheFile() throws Exception {
        Path file = folder.resolve("data.tsv");
        assertThatThrownBy(() -> new DatasetFetcher().fetch(spec("/gone.tsv", ""), file, (d, t) -> {}))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("/gone.tsv answers 404")
                .hasMessageContaining("Ask Anna for it.");
        assertThat(file).doesNotExist();
    }
}
