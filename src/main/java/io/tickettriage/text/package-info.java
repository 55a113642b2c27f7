/**
 * Text to features: folding, tokens, word and character n-grams, and the frozen vocabulary they are looked up in. In: a
 * ticket's text and metadata, and the preprocessing an artifact carries. Out: {@link
 * io.tickettriage.text.TicketFeatures}. Training and scoring call the same classes; there is no second tokenizer. This
 * package knows neither tickets nor weights.
 */
package io.tickettriage.text;
