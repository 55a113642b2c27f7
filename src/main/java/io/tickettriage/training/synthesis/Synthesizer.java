package io.tickettriage.training.synthesis;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;

/** Generates rows from templates, and from hand-written rows with a sentence before or after. */
public record Synthesizer(SynthesisPlan plan) {
    /** The source of rows generated from templates. */
    public static final String TEMPLATES = "synthetic";

    /** The source of rows generated from hand-written ones. */
    public static final String LEAD_INS = "synthetic_lead_ins";

    private static final int TRIES = 4;
    private static final int NESTED = 3;

    /**
     * Fills each template up to {@code perTemplate} times; no text comes twice, and all of one template are one group.
     *
     * @throws BadDataException if a template has a label the taxonomy does not know
     */
    public List<TrainingRow> fromTemplates(Taxonomy taxonomy, int perTemplate, float weight, long seed)
            throws BadDataException {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingRow> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (SynthesisPlan.Template template : plan.templates()) {
            DatasetReader.requireKnown(
                    taxonomy, template.labels(), "template \"" + template.text().get(0) + "\"");
            int wanted = template.each() > 0 ? template.each() : perTemplate;
            for (String text : template.text()) {
                int made = 0;
                for (int i = 0; i < TRIES * wanted && made < wanted; i++) {
                    String filled = fill(text, random);
                    if (seen.add(filled)) {
                        made++;
                        var example = LabelledExample.row(TEMPLATES + "-" + rows.size(), filled, template.labels());
                        rows.add(new TrainingRow(example, Set.of(), TEMPLATES, weight, "template " + text));
                    }
                }
            }
        }
        return rows;
    }

    /**
     * Writes a lead-in before or after some of the rows. A new row stays in the group of its old one. Its sentiment is
     * unknown: the added sentence may change it.
     *
     * @param intent the head whose labels the lead-ins speak of
     * @param share of the rows that get one
     */
    public List<TrainingRow> withLeadIns(
            List<TrainingRow> rows, String intent, String sentiment, double share, float weight, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingRow> varied = new ArrayList<>();
        for (TrainingRow row : rows) {
            String label = row.example().labels().getOrDefault(intent, "");
            List<SynthesisPlan.LeadIn> suitable =
                    plan.leadIns().stream().filter(l -> l.suits(label)).toList();
            if (suitable.isEmpty() || random.nextDouble() >= share) {
                continue;
            }
            SynthesisPlan.LeadIn kind = pick(suitable, random);
            String leadIn = pick(kind.text(), random);
            String text = random.nextInt(4) > 0 ? leadIn + " " + row.text() : row.text() + " " + leadIn;
            Map<String, String> labels = new HashMap<>(row.example().labels());
            labels.remove(sentiment);
            labels.putAll(kind.labels());
            var example = LabelledExample.row(LEAD_INS + "-" + varied.size(), text, labels);
            varied.add(new TrainingRow(example, row.weakHeads(), LEAD_INS, weight, row.groupKey()));
        }
        return varied;
    }

    /** Fills slots, and the slots of what fills them. */
    private String fill(String template, SplittableRandom random) {
        String filled = template;
        for (int depth = 0; depth < NESTED && filled.indexOf('{') >= 0; depth++) {
            filled = SynthesisPlan.SLOT
                    .matcher(filled)
                    .replaceAll(slot -> Matcher.quoteReplacement(
                            pick(plan.slots().getOrDefault(slot.group(1), List.of("")), random)));
        }
        return filled;
    }

    static <T> T pick(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}
