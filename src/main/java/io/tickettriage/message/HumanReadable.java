package io.tickettriage.message;

/** A scored ticket in words: what it is about, what the model thinks and what to check, a first answer to the customer. */
public record HumanReadable(String summary, String triageNote, String replyDraft) {}
