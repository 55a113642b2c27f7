package io.tickettriage.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process can do its work: named checks, made anew each time, in the order of their names.
 *
 * <p>Safe for use by several threads; checks may be added at any time. Without any check it is not ready.
 */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

    /** Finds what is wrong, in words that end no sentence; nothing if all is well. */
    public interface Check extends Supplier<Optional<String>> {}

    /**
     * The results of all checks: ready if there are any and none has found a problem.
     *
     * @param failing the names of those that have
     * @param detail their problems in words
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Readiness(
            boolean ready,
            SortedMap<String, Boolean> checks,
            Optional<List<String>> failing,
            @JsonIgnore String detail) {}

    /** Adds a check, or replaces the one of that name. It must return at once; one that throws has found a problem. */
    public void add(String name, Check check) {
        checks.put(name, check);
    }

    /** Whether the check of that name finds no problem now; without one it is not. */
    public boolean passes(String name) {
        Check check = checks.get(name);
        return check != null && problem(name, check).isEmpty();
    }

    /** Makes all checks. */
    public Readiness check() {
        SortedMap<String, Boolean> results = new TreeMap<>();
        SortedMap<String, String> problems = new TreeMap<>();
        checks.forEach((name, check) -> {
            Optional<String> problem = problem(name, check);
            results.put(name, problem.isEmpty());
            problem.ifPresent(found -> problems.put(name, found));
        });
        if (results.isEmpty()) {
            return new Readiness(false, results, Optional.of(List.of()), "nothing has started yet");
        }
        String detail = problems.entrySet().stream()
                .map(problem -> problem.getKey() + ": " + problem.getValue())
                .collect(Collectors.joining("; "));
        boolean ready = problems.isEmpty();
        List<String> failing = List.copyOf(problems.keySet());
        return new Readiness(ready, results, ready ? Optional.empty() : Optional.of(failing), detail);
    }

    private static Optional<String> problem(String name, Check check) {
        try {
            return check.get();
        } catch (RuntimeException e) { // A check that throws must not hide the others.
            LOG.warn("the health check {} failed", name, e);
            return Optional.of("the check itself failed; the log has the details");
        }
    }
}
