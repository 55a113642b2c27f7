package io.tickettriage.verify;

/**
 * What a process used at one moment.
 *
 * @param instance its number, from 1
 * @param heapAfterGc the share of the old generation that was left after a collection, 0 to 1
 */
public record ResourceSample(
        double seconds, int instance, long pid, double heapAfterGc, int threads, int fileDescriptors) {}
