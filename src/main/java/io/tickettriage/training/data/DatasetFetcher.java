package io.tickettriage.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Gets a dataset's file over HTTP: into a {@code .part} file beside its place, which a later attempt goes on with; checked,
 * then moved into place whole.
 */
public final class DatasetFetcher {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /** Is told how far a download is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Bytes have come.
         *
         * @param done on the disk so far
         * @param total of the file; −1 where the server does not say
         */
        void at(long done, long total);
    }

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /**
     * Fetches a dataset to {@code file}.
     *
     * @return the SHA-256 of what came, hexadecimal
     * @throws BadDataException if the server refuses, or the checksum differs; the message says how to place the file by hand
     */
    public String fetch(DatasetSpec dataset, Path file, Progress progress) throws IOException {
        if (!dataset.labelsUrl().isEmpty()) {
            fetch(DatasetSpec.file(dataset, dataset.labelsUrl()), file.resolveSibling(dataset.labels()), progress);
        }
        if (dataset.url().isEmpty()) {
            throw new BadDataException("dataset " + dataset.name() + " has no url. " + byHand(dataset, file));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            download(dataset, file, part, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadDataException("interrupted while fetching " + dataset.url() + "; run it again to go on");
        }
        String sha256 = FileDigest.sha256(List.of(part));
        if (!dataset.sha256().isEmpty() && !sha256.equals(dataset.sha256().toLowerCase(Locale.ROOT))) {
            Files.delete(part);
            throw new BadDataException(dataset.url() + ": the checksum differs: the catalogue says " + dataset.sha256()
                    + ", the file has " + sha256 + "; nothing was kept. " + byHand(dataset, file));
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return sha256;
    }

    private void download(DatasetSpec dataset, Path file, Path part, Progress progress)
            throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(dataset, file)).GET();
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<InputStream> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new BadDataException(dataset.url() + ": cannot be reached (" + e + "). " + byHand(dataset, file));
        }
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == RANGE_NOT_SATISFIABLE) {
                return; // All of it is here already; the checksum tells.
            }
            if (status != OK && status != PARTIAL) {
                throw new BadDataException(dataset.url() + " answers " + status + ". " + byHand(dataset, file));
            }
            boolean resumed = status == PARTIAL && have > 0;
            long done = resumed ? have : 0;
            long length = response.headers().firstValueAsLong("content-length").orElse(-1);
            long total = length < 0 ? -1 : done + length;
            try (OutputStream out =
                    resumed ? Files.newOutputStream(part, StandardOpenOption.APPEND) : Files.newOutputStream(part)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    out.write(buffer, 0, n);
                    done += n;
                    progress.at(done, total);
                }
            }
            if (total >= 0 && done != total) {
                throw new BadDataException(
                        dataset.url() + " ended after " + done + " of " + total + " bytes; run it again to go on");
            }
        }
    }

    private static URI uri(DatasetSpec dataset, Path file) throws BadDataException {
        try {
            return URI.create(dataset.url());
        } catch (IllegalArgumentException e) {
            throw new BadDataException(
                    "dataset " + dataset.name() + ": \"" + dataset.url() + "\" is no URL. " + byHand(dataset, file));
        }
    }

    private static String byHand(DatasetSpec dataset, Path file) {
        String where = "To place it by hand, put the file at " + file + ".";
        return dataset.place().isEmpty() ? where : where + " " + dataset.place();
    }
}
