package io.tickettriage.training.fit;

/**
 * A text as the network sees it.
 *
 * @param rows the vocabulary rows of its features; a feature that occurs twice is there twice
 * @param owners for each feature the token it belongs to, or −1
 * @param tokens how many tokens there are
 */
record EncodedText(int[] rows, int[] owners, int tokens) {}
