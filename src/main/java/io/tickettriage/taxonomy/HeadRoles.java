package io.tickettriage.taxonomy;

/**
 * What a head's answer is used for: its label names the queue (of exactly one head); doubt about it sends the ticket to
 * review; its label is also a record header; its {@code topK} best labels are listed, 0 for no list.
 */
public record HeadRoles(boolean routing, boolean review, boolean header, int topK) {
    /** A head that is only reported. */
    public static final HeadRoles NONE = new HeadRoles(false, false, false, 0);
}
