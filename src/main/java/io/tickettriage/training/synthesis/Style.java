package io.tickettriage.training.synthesis;

import java.util.List;
import java.util.Map;

/**
 * How people type: what they put around what they mean, and how they spell it; the {@code style} section of {@code
 * config/synthetic.yaml}.
 *
 * @param greetings before a text
 * @param closings after it
 * @param subjects lines over it that say nothing
 * @param background sentences that stand beside a matter and change nothing about it
 * @param emoji that fit any mood
 * @param spellings word → how else it is typed
 * @param rates how often each habit occurs in a text that is varied
 */
public record Style(
        List<String> greetings,
        List<String> closings,
        List<String> subjects,
        List<String> background,
        List<String> emoji,
        Map<String, List<String>> spellings,
        Rates rates) {

    /**
     * How often each habit occurs, 0 to 1.
     *
     * @param typo per word of four letters and more
     * @param spelling per word that has another spelling
     */
    public record Rates(
            double greeting,
            double closing,
            double subject,
            double background,
            double casing,
            double punctuation,
            double elongation,
            double emoji,
            double spelling,
            double noisy,
            double typo) {
        public Rates {
            for (double rate : new double[] {
                greeting, closing, subject, background, casing, punctuation, elongation, emoji, spelling, noisy, typo
            }) {
                if (!(rate >= 0 && rate <= 1)) {
                    throw new IllegalArgumentException("style.rates: " + rate + " is not between 0 and 1");
                }
            }
        }
    }

    public Style {
        if (rates == null) {
            throw new IllegalArgumentException("style.rates must be there");
        }
    }
}
