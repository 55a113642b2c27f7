package io.tickettriage.message;

import io.tickettriage.model.ReviewReason;
import java.util.List;
import java.util.Optional;

/**
 * Where a scored ticket goes, and why.
 *
 * @param queue the last part of the queue topic's name: a label of the routing head, or {@link #REVIEW}
 * @param rule the name of the business rule that decided; empty where the model did
 * @param reasons why a person should look; empty where nobody has to
 */
public record Routing(String queue, Optional<String> rule, List<ReviewReason> reasons) {
    /** The queue of tickets that a person decides. */
    public static final String REVIEW = "review";

    public Routing {
        reasons = List.copyOf(reasons);
    }

    /** Whether a person decides. */
    public boolean requiresReview() {
        return queue.equals(REVIEW);
    }
}
