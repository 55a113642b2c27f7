package io.tickettriage.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process can do its work: named checks, run anew each time, in the order of their names.
 *
 * <p>Safe for use by several threads; checks may be added at any time. Without any check it is not ready.
 */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, BooleanSupplier> checks = new ConcurrentSkipListMap<>();

    /** The results of all checks: ready if there are any and all are true, else with the names of those that are not. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Readiness(boolean ready, SortedMap<String, Boolean> checks, Optional<List<String>> failing) {}

    /** Adds a check, or replaces the one of that name. It must return at once; one that throws counts as false. */
    public void add(String name, BooleanSupplier check) {
        checks.put(name, check);
    }

    /** Runs all checks. */
    public Readiness check() {
        SortedMap<String, Boolean> results = new TreeMap<>();
        checks.forEach((name, check) -> results.put(name, passes(name, check)));
        List<String> failing = results.entrySet().stream()
                .filter(result -> !result.getValue())
                .map(Map.Entry::getKey)
                .toList();
        boolean ready = failing.isEmpty() && !results.isEmpty();
        return new Readiness(ready, results, ready ? Optional.empty() : Optional.of(failing));
    }

    private static boolean passes(String name, BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("the health check {} failed", name, e);
            return false;
        }
    }
}
