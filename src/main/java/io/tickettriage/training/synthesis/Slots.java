package io.tickettriage.training.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places in a template that are filled: {@code {good}}. */
final class Slots {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z0-9_]+)}");

    private Slots() {}

    static List<String> names(String template) {
        List<String> names = new ArrayList<>();
        Matcher slots = SLOT.matcher(template);
        while (slots.find()) {
            names.add(slots.group(1));
        }
        return names;
    }

    static String fill(String template, UnaryOperator<String> choose) {
        return SLOT.matcher(template).replaceAll(slot -> Matcher.quoteReplacement(choose.apply(slot.group(1))));
    }
}
