package io.tickettriage.taxonomy;

/**
 * What a head's answer is used for.
 *
 * @param routing its label names the queue; exactly one head of a model routes
 * @param review doubt about it sends the ticket to review
 * @param header its label is also a record header
 * @param topK how many of its best labels are listed; 0 for no list
 */
public record HeadRoles(boolean routing, boolean review, boolean header, int topK) {
    /** A head that is only reported. */
    public static final HeadRoles NONE = new HeadRoles(false, false, false, 0);
}
