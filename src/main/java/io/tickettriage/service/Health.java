package io.tickettriage.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process can do its work: named checks that are asked anew each time, in the order of their names.
 *
 * <p>Safe for use by several threads; checks may be added at any time. Without any check it is not ready.
 */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, BooleanSupplier> checks = new ConcurrentSkipListMap<>();

    /** Adds a check, or replaces the one of that name. It must answer at once; one that throws counts as false. */
    public void add(String name, BooleanSupplier check) {
        checks.put(name, check);
    }

    /** Whether all checks are true. */
    public boolean isReady() {
        Map<String, Boolean> results = ask();
        return !results.isEmpty() && !results.containsValue(false);
    }

    /** 200 with all checks once all are true, else 503 and the names of those that are not. */
    public HttpAnswer answer() {
        Map<String, Boolean> results = ask();
        boolean ready = !results.isEmpty() && !results.containsValue(false);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ready", ready);
        ObjectNode all = json.putObject("checks");
        results.forEach(all::put);
        if (!ready) {
            var failing = json.putArray("failing");
            results.forEach((name, passed) -> {
                if (!passed) {
                    failing.add(name);
                }
            });
        }
        return HttpAnswer.json(ready ? 200 : 503, json.toString());
    }

    private Map<String, Boolean> ask() {
        Map<String, Boolean> results = new LinkedHashMap<>();
        checks.forEach((name, check) -> results.put(name, ask(name, check)));
        return results;
    }

    private static boolean ask(String name, BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("the health check {} failed", name, e);
            return false;
        }
    }
}
