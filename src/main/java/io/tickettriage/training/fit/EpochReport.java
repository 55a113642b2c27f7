package io.tickettriage.training.fit;

import java.time.Duration;
import java.util.Map;

/**
 * One epoch, counted from 1.
 *
 * @param loss on the training rows, with augmentation and dropout
 * @param macroF1 head → macro-F1 on the validation rows
 * @param selection the figure that chooses the epoch: the mean of the heads' macro-F1
 */
public record EpochReport(
        int epoch,
        int epochs,
        double loss,
        Map<String, Double> macroF1,
        double selection,
        boolean best,
        Duration elapsed) {}
