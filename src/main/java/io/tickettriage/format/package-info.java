/**
 * How this project reads and writes JSON and YAML, and the digests it names content by: one mapper of each kind. In:
 * bytes, text, records. Out: records, bytes. This package knows nothing of what the records mean.
 */
package io.tickettriage.format;
