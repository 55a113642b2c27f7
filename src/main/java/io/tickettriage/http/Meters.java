package io.tickettriage.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;

/** The meter registry of a process, with the meters of the JVM and the process in it. It owns both, and closes both. */
public final class Meters implements AutoCloseable {
    /** The format {@link #scrape} writes: Prometheus text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** A registry that measures from now on. */
    public Meters() {
        Stream.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        garbageCollection,
                        new JvmThreadMetrics(),
                        new JvmInfoMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** Where everybody registers meters; whoever registers a closeable one closes it. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Every meter's value, as Prometheus reads it. */
    public String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
