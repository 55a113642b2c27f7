package io.tickettriage.cli.shared;

/**
 * What a command has to say: as JSON the fields of the record that implements this, as text what {@link #print} writes.
 */
public interface Report {
    /** Writes the report for a person. */
    void print(Page page);
}
