package io.tickettriage.training.synthesis;

import io.tickettriage.format.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The material of synthetic rows: the content of {@code config/synthetic.yaml}.
 *
 * @param style how people type
 * @param leadIns what may stand before or after a request
 * @param templates sentences with slots
 * @param slots what fills a slot: name → texts
 */
public record SynthesisPlan(
        Style style, List<LeadIn> leadIns, List<Template> templates, Map<String, List<String>> slots) {

    /**
     * Sentences that leave the labels of another request as they are, but for those they name.
     *
     * @param unless intents they would contradict
     * @param only the only intents they are said with; empty for all but {@code unless}
     * @param labels head → its label where they are said
     */
    public record LeadIn(List<String> unless, List<String> only, Map<String, String> labels, List<String> text) {
        boolean suits(String intent) {
            return !unless.contains(intent) && (only.isEmpty() || only.contains(intent));
        }
    }

    /**
     * Sentences of one meaning; each is a template of its own.
     *
     * @param each how many rows each gives at most; 0 for as many as the others
     */
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

    /** Reads a plan; {@code source} is its name in errors. */
    public static SynthesisPlan read(InputStream yaml, String source) throws IOException {
        return Yaml.read(yaml, source, SynthesisPlan.class);
    }
}
