package io.tickettriage.message;

import io.tickettriage.model.ReviewReason;
import java.util.List;
import java.util.Optional;

/**
 * Where a scored ticket goes, and why.
 *
 * @param queue the last part of the queue topic's name: a label of the routing head, or {@link #REVIEW}
 * @param rule the name of the business rule that decided; empty where the model did
 */
public record Routing(String queue, Optional<String> rule, List<ReviewReason> reasons) {
    public static final String REVIEW = "review";

    public boolean requiresReview() {
        return queue.equals(REVIEW);
    }
}
