package io.tickettriage.message;

/**
 * A scored ticket in words, for the person who opens it.
 *
 * @param summary one line: what it is about
 * @param triageNote what the model thinks, how sure it is, and what to check
 * @param replyDraft a first answer to the customer
 */
public record HumanReadable(String summary, String triageNote, String replyDraft) {}
