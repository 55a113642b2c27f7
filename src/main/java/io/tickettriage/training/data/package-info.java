/**
 * Sources to rows: the catalogue, its file formats, the mapping from foreign labels to ours, and the heuristics.
 *
 * <p>In: {@code config/datasets.yaml} and the files it names. Out: {@link io.tickettriage.training.data.TrainingRow}s,
 * and a count of every row that did not become one. This package knows nothing of networks.
 */
package io.tickettriage.training.data;
