package io.tickettriage.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * "This label was wrong": the value of {@code tickets.corrections.submitted}, once it is valid.
 *
 * @param text only in a row that needs no ticket
 * @param labels head → the right label, none where a new one is only proposed; empty where all earlier labels of the
 *     ticket are taken back
 * @param by who says so; untrusted text, never interpreted
 */
public record CorrectionSubmission(
        String ticketId,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> text,
        Optional<Map<String, String>> labels,
        @JsonProperty("submitted_by") String by,
        @JsonProperty("submitted_at") Instant at) {

    public CorrectionSubmission {
        labels = labels.map(TreeMap::new);
    }

    /** Whether it corrects nothing: it says that a label is missing, for the owner of the taxonomy. */
    public boolean onlyProposes() {
        return labels.filter(Map::isEmpty).isPresent();
    }
}
