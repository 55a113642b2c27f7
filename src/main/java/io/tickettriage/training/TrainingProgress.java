package io.tickettriage.training;

import io.tickettriage.training.fit.EpochReport;
import java.util.List;
import java.util.function.Consumer;

/** Observes a training. */
public interface TrainingProgress {
    /** A step begins. */
    void step(String what);

    /** An epoch is over. */
    void epoch(EpochReport report);

    /** An observer of epochs that adds each to {@code epochs} as well. */
    default Consumer<EpochReport> recordingTo(List<EpochReport> epochs) {
        Consumer<EpochReport> adding = epochs::add;
        return adding.andThen(this::epoch);
    }
}
