package io.tickettriage.training.data;

import static java.util.Objects.requireNonNull;

import io.tickettriage.format.Sha256;
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

/**
 * Downloads a dataset's files over HTTP: each into a {@code .part} file beside its place, which a later attempt continues;
 * checked, then moved into place whole.
 */
public final class DatasetFetcher {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /** Observes a download. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} bytes are on the disk, of {@code total}; −1 where the server does not say. */
        void at(long done, long total);
    }

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /**
     * Fetches a dataset to {@code file}, and its file of labels, if it has one, to the same folder.
     *
     * @return the SHA-256 of the file, hexadecimal
     * @throws BadDataException if the server refuses, or the checksum differs; the message says how to place the file by hand
     */
    public String fetch(DatasetSpec dataset, Path file, Progress progress) throws IOException {
        DatasetSpec.Location from = dataset.location();
        if (from.url().isEmpty()) {
            throw new BadDataException("dataset " + dataset.name() + " has no url. " + byHand(from, file));
        }
        Path target = file.toAbsolutePath();
        Files.createDirectories(requireNonNull(target.getParent(), "a file has a folder"));
        if (!from.labelsUrl().isEmpty()) {
            fetch(from, from.labelsUrl(), "", file.resolveSibling(from.labelsFile()), progress);
        }
        return fetch(from, from.url(), from.sha256(), file, progress);
    }

    private String fetch(DatasetSpec.Location from, String url, String sha256, Path file, Progress progress)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            download(url, part, progress, byHand(from, file));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadDataException("interrupted while fetching " + url + "; run it again to continue");
        }
        String found = Sha256.of(List.of(part));
        if (!sha256.isEmpty() && !found.equals(sha256)) {
            Files.delete(part);
            throw new BadDataException(url + ": the checksum differs: the catalogue says " + sha256 + ", the file has "
                    + found + "; nothing was kept. " + byHand(from, file));
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return found;
    }

    private void download(String url, Path part, Progress progress, String byHand)
            throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpResponse<InputStream> response = request(url, have, byHand);
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == RANGE_NOT_SATISFIABLE) {
                return; // All of it is here already; the checksum tells.
            }
            if (status != OK && status != PARTIAL) {
                throw new BadDataException(url + " answers " + status + ". " + byHand);
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
                        url + " ended after " + done + " of " + total + " bytes; run it again to continue");
            }
        }
    }

    private HttpResponse<InputStream> request(String url, long from, String byHand)
            throws IOException, InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            throw new BadDataException("\"" + url + "\" is no URL. " + byHand);
        } catch (IOException e) {
            throw new BadDataException(url + ": cannot be reached (" + e + "). " + byHand);
        }
    }

    private static String byHand(DatasetSpec.Location from, Path file) {
        String where = "To place it by hand, put the file at " + file + ".";
        return from.place().isEmpty() ? where : where + " " + from.place();
    }
}
