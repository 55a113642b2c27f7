package io.tickettriage.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tickettriage.model.TicketModel;
import io.tickettriage.registry.ModelFollower;
import java.util.List;

/** The meters of the model that scores: its version, and how often it was swapped or an artifact refused. */
final class ModelMeters implements ModelFollower.Listener {
    private final MultiGauge info;
    private final Counter swaps;
    private final Counter refusals;

    ModelMeters(MeterRegistry registry, TicketModel current) {
        info = MultiGauge.builder("triage.model.info")
                .description("The model that scores: 1, with its version")
                .register(registry);
        swaps = Counter.builder("triage.model.swaps")
                .description("Models that became active")
                .register(registry);
        refusals = Counter.builder("triage.model.refused")
                .description("Artifacts that were refused; the model before stays active")
                .register(registry);
        show(current);
    }

    @Override
    public void activated(TicketModel model) {
        swaps.increment();
        show(model);
    }

    @Override
    public void refused(String version) {
        refusals.increment();
    }

    /** One model scores at a time, so the version is one tag value at a time. */
    private void show(TicketModel model) {
        info.register(List.of(MultiGauge.Row.of(Tags.of("version", model.version()), 1)), true);
    }
}
