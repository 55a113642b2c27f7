package io.tickettriage.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People at the desk, simulated over HTTP: each has the live events and the list on the screen as the page has, asks for the
 * next ticket, reads it, and confirms what the model says.
 *
 * @param desk where it serves
 * @param warmUp how many decisions all of them make first, while the JVM compiles; they are measured apart
 * @param decisions how many they make then
 * @param reading how long a person reads a ticket, on average
 */
public record DeskBenchmark(URI desk, int reviewers, int warmUp, int decisions, Duration reading) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** As often as the page asks again while things happen. */
    private static final long LIST_EVERY_NANOS = 1_200_000_000;

    /** How long requests took, in milliseconds. */
    public record Latency(int requests, double p50, double p99, double max) {
        static Latency of(List<Long> nanos) {
            double[] millis = nanos.stream().sorted().mapToDouble(n -> n / 1e6).toArray();
            int last = millis.length - 1;
            return new Latency(
                    millis.length,
                    millis[millis.length / 2],
                    millis[Math.min(last, millis.length * 99 / 100)],
                    millis[last]);
        }
    }

    /** What was measured with so many tickets open when the warm-up began. */
    public record Result(int open, double decisionsPerSecond, Latencies warmUp, Latencies measured) {}

    /** How long people waited. */
    public record Latencies(Latency next, Latency decide, Latency list) {
        private static Latencies of(Waits waits) {
            return new Latencies(Latency.of(waits.next), Latency.of(waits.decide), Latency.of(waits.list));
        }
    }

    /** What one reviewer has waited for. */
    private record Waits(List<Long> next, List<Long> decide, List<Long> list) {
        static Waits none() {
            return new Waits(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(Waits others) {
            next.addAll(others.next);
            decide.addAll(others.decide);
            list.addAll(others.list);
        }
    }

    /** What one reviewer has waited for, during the warm-up and then. */
    private record Shift(Waits warmUp, Waits measured) {}

    /** How many tickets are open; nothing where the desk does not answer. */
    public int open() throws IOException, InterruptedException {
        return new Reviewer(this, HttpClient.newHttpClient(), "looker")
                .list()
                .path("open")
                .asInt();
    }

    /** Runs it. */
    public Result run() throws IOException, InterruptedException {
        int open = open();
        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger made = new AtomicInteger();
        ExecutorService people = Executors.newFixedThreadPool(reviewers);
        try {
            List<Future<Shift>> results = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < reviewers; i++) {
                Reviewer reviewer = new Reviewer(this, client, "reviewer-" + i);
                Callable<Shift> shift = () -> reviewer.work(made);
                results.add(people.submit(shift));
            }
            Shift all = new Shift(Waits.none(), Waits.none());
            for (Future<Shift> result : results) {
                all.warmUp.add(result.get().warmUp);
                all.measured.add(result.get().measured);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(
                    open, (warmUp + decisions) / seconds, Latencies.of(all.warmUp), Latencies.of(all.measured));
        } catch (ExecutionException e) {
            throw new IOException("a reviewer could not go on: " + e.getCause(), e);
        } finally {
            people.shutdownNow();
        }
    }

    /** One person in one window. */
    private static final class Reviewer {
        private final DeskBenchmark setting;
        private final HttpClient client;
        private final String name;
        private final String session = UUID.randomUUID().toString();

        Reviewer(DeskBenchmark setting, HttpClient client, String name) {
            this.setting = setting;
            this.client = client;
            this.name = name;
        }

        Shift work(AtomicInteger made) throws IOException, InterruptedException {
            List<String> heads = reviewHeads();
            CompletableFuture<HttpResponse<Void>> events = followEvents();
            Shift shift = new Shift(Waits.none(), Waits.none());
            int all = setting.warmUp + setting.decisions;
            long listed = System.nanoTime();
            for (int i = made.getAndIncrement(); i < all; i = made.getAndIncrement()) {
                Waits now = i < setting.warmUp ? shift.warmUp : shift.measured;
                JsonNode ticket =
                        timed(now.next, () -> post("/api/claims", Map.of())).path("ticket");
                // People do not read in step.
                Thread.sleep(ThreadLocalRandom.current().nextLong(2 * setting.reading.toMillis() + 1));
                JsonNode done = timed(now.decide, () -> decide(ticket, heads));
                if (!done.path("by").asText().equals(name)) {
                    throw new IOException("it was not recorded: " + done);
                }
                if (System.nanoTime() - listed >= LIST_EVERY_NANOS) {
                    JsonNode unused = timed(now.list, this::list);
                    listed = System.nanoTime();
                }
            }
            boolean unused = events.cancel(true);
            return shift;
        }

        private static JsonNode timed(List<Long> waits, Request request) throws IOException, InterruptedException {
            long start = System.nanoTime();
            JsonNode answer = request.send();
            waits.add(System.nanoTime() - start);
            return answer;
        }

        private List<String> reviewHeads() throws IOException, InterruptedException {
            List<String> heads = new ArrayList<>();
            for (JsonNode head : get("/api/taxonomy").path("heads")) {
                if (head.path("review").asBoolean() && head.path("correctable").asBoolean()) {
                    heads.add(head.path("name").asText());
                }
            }
            return heads;
        }

        private CompletableFuture<HttpResponse<Void>> followEvents() {
            HttpRequest request =
                    request("/api/events").header("Accept", "text/event-stream").build();
            return client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Discarding()));
        }

        JsonNode list() throws IOException, InterruptedException {
            return get("/api/review?limit=50");
        }

        private JsonNode decide(JsonNode ticket, List<String> heads) throws IOException, InterruptedException {
            Map<String, String> labels = new LinkedHashMap<>();
            heads.forEach(head -> labels.put(
                    head, ticket.path("prediction").path(head).path("label").asText()));
            return post(
                    "/api/corrections",
                    Map.of("ticket_id", ticket.path("id").asText(), "labels", labels, "review", true));
        }

        private JsonNode get(String path) throws IOException, InterruptedException {
            return send(request(path).timeout(TIMEOUT).build());
        }

        private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
            return send(request(path)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                    .build());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(setting.desk.resolve(path))
                    .header("X-Triage-Desk", "1")
                    .header("X-Triage-Name", name)
                    .header("X-Triage-Session", session);
        }

        private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300 || response.body().length == 0) {
                throw new IOException(request.method() + " " + request.uri().getPath() + " answered "
                        + response.statusCode() + " " + new String(response.body(), UTF_8));
            }
            return Json.tree(response.body());
        }
    }

    /** Something to ask the desk. */
    private interface Request {
        JsonNode send() throws IOException, InterruptedException;
    }

    /** Reads lines as fast as they come, and keeps none. */
    private static final class Discarding implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
