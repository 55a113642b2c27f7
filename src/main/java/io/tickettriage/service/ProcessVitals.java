package io.tickettriage.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.tickettriage.desk.DeskStats.ChallengerUse;
import io.tickettriage.desk.DeskStats.Latency;
import io.tickettriage.desk.DeskStats.Vitals;
import io.tickettriage.model.Challenger;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What this process measures of itself, read from its meters; since its start. */
record ProcessVitals(MeterRegistry registry, Challenger shadow) {
    Vitals read() {
        SortedMap<String, Long> lag = new TreeMap<>();
        for (Gauge gauge : registry.find("triage.role.lag").gauges()) {
            lag.put(Objects.requireNonNullElse(gauge.getId().getTag("role"), ""), (long) gauge.value());
        }
        return new Vitals(lag, latency(), challenger());
    }

    private Optional<Latency> latency() {
        Timer timer = registry.find("triage.lag").timer();
        if (timer == null || timer.count() == 0) {
            return Optional.empty();
        }
        CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
        return Optional.of(new Latency(quantile(buckets, 0.5), quantile(buckets, 0.99)));
    }

    /** The upper end of the bucket in which a quantile lies, in milliseconds. */
    private static double quantile(CountAtBucket[] buckets, double share) {
        double wanted = buckets.length == 0 ? 0 : share * buckets[buckets.length - 1].count();
        for (CountAtBucket bucket : buckets) {
            if (bucket.count() >= wanted) {
                return bucket.bucket(TimeUnit.MILLISECONDS);
            }
        }
        return Double.NaN;
    }

    private Optional<ChallengerUse> challenger() {
        return shadow.current().map(model -> {
            long agreed = compared("agreed");
            long disputed = compared("disputed");
            return new ChallengerUse(model.version(), agreed + disputed, disputed);
        });
    }

    private long compared(String verdict) {
        Counter counter =
                registry.find("triage.shadow.compared").tag("verdict", verdict).counter();
        return counter == null ? 0 : (long) counter.count();
    }
}
