package io.tickettriage.training.fit;

import java.time.Duration;
import java.util.Map;

/**
 * One epoch.
 *
 * @param epoch from 1
 * @param epochs how many there will be at most
 * @param loss on the rows that teach, with their noise and dropout
 * @param macroF1 head → macro-F1 on the rows that judge
 * @param selection the figure that decides which epoch is kept: the mean of the heads' macro-F1
 * @param best whether it is the best so far
 * @param elapsed since the start
 */
public record EpochReport(
        int epoch,
        int epochs,
        double loss,
        Map<String, Double> macroF1,
        double selection,
        boolean best,
        Duration elapsed) {}
