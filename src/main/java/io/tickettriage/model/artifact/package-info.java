/**
 * The model artifact, format version 2: its fields as records, its checksum, reader and writer. In: the bytes of a
 * file, of version 1 too. Out: a {@link io.tickettriage.model.artifact.ModelArtifact}, or an error that names the
 * field; and the way back. This package knows nothing of training or of the topic that carries artifacts.
 */
package io.tickettriage.model.artifact;
