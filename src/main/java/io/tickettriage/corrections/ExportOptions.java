package io.tickettriage.corrections;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.message.LabelledExample.Provenance;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What leaves the topic, and in which form.
 *
 * @param redact whether personal data is taken out: in the text e-mail addresses and long numbers; of the metadata
 *     everything that no feature is made of, for a customer's name has no pattern; who submitted. Ids stay, for an example
 *     is found, and split for training, by its id.
 * @param excludedSubmitters whose labels are left out; an example without labels is left out whole
 */
public record ExportOptions(boolean redact, Set<String> excludedSubmitters) {
    public static final String REDACTED = "<redacted>";

    public ExportOptions {
        excludedSubmitters = Set.copyOf(excludedSubmitters);
    }

    /** The example as it is exported; empty if exclusion leaves no label of it. */
    Optional<LabelledExample> apply(LabelledExample example, Taxonomy taxonomy) {
        Map<String, String> labels = new TreeMap<>(example.labels());
        Map<String, Provenance> corrected = new TreeMap<>();
        example.corrected().forEach((head, who) -> {
            if (excludedSubmitters.contains(who.by())) {
                labels.remove(head);
            } else {
                corrected.put(head, redact ? new Provenance(REDACTED, who.at()) : who);
            }
        });
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        String text = redact ? Redaction.redact(example.text()) : example.text();
        Map<String, String> metadata = new TreeMap<>(example.metadata());
        if (redact) {
            metadata.keySet().retainAll(Set.copyOf(taxonomy.metadata()));
            metadata.replaceAll((name, value) -> Redaction.redact(value));
        }
        return Optional.of(new LabelledExample(
                example.id(), text, labels, corrected, example.predicted(), metadata, example.modelVersion()));
    }
}
