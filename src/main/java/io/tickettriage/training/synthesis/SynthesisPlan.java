package io.tickettriage.training.synthesis;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code config/synthetic.yaml} holds: the material of synthetic rows; slot → the texts that fill it. */
public record SynthesisPlan(
        Style style, List<LeadIn> leadIns, List<Template> templates, Map<String, List<String>> slots) {
    /**
     * How people type: what they put around what they mean, and how they spell it; the {@code style} section of {@code
     * config/synthetic.yaml}.
     *
     * @param subjects lines over a text that say nothing
     * @param background sentences that stand beside a matter and change nothing about it
     * @param spellings word → how else it is typed
     */
    public record Style(
            List<String> greetings,
            List<String> closings,
            List<String> subjects,
            List<String> background,
            List<String> emoji,
            Map<String, List<String>> spellings,
            Rates rates) {
        /** How often each habit occurs, 0 to 1; {@code typo} and {@code spelling} per word that can have one. */
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
                    greeting,
                    closing,
                    subject,
                    background,
                    casing,
                    punctuation,
                    elongation,
                    emoji,
                    spelling,
                    noisy,
                    typo
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

    /**
     * Sentences that leave the labels of another request as they are, but for the {@code labels} they name.
     *
     * @param unless intents they would contradict
     * @param only the only intents they are said with; empty for all but {@code unless}
     */
    public record LeadIn(List<String> unless, List<String> only, Map<String, String> labels, List<String> text) {
        boolean suits(String intent) {
            return !unless.contains(intent) && (only.isEmpty() || only.contains(intent));
        }
    }

    /** Sentences of one meaning, templates that give {@code each} rows at most; 0 for as many as others. */
    public record Template(Map<String, String> labels, int each, List<String> text) {}

    /** The place of a slot in a template: {@code {good}}. */
    static final Pattern SLOT = Pattern.compile("\\{([a-z0-9_]+)}");

    public SynthesisPlan {
        if (style == null) {
            throw new IllegalArgumentException("style must be there");
        }
        for (Template template : templates) {
            for (String text : template.text()) {
                for (Matcher slot = SLOT.matcher(text); slot.find(); ) {
                    if (slots.getOrDefault(slot.group(1), List.of()).isEmpty()) {
                        throw new IllegalArgumentException(
                                "template \"" + text + "\" has a slot " + slot.group() + ", which slots does not fill");
                    }
                }
            }
        }
    }
}
