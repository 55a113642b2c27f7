package io.tickettriage.model;

import static io.tickettriage.model.ReviewReason.Kind.CLOSE_CALL;
import static io.tickettriage.model.ReviewReason.Kind.LOW_CONFIDENCE;
import static io.tickettriage.model.ReviewReason.Kind.UNKNOWN_LANGUAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a prediction is not good enough to act on; the thresholds per head are the head's own.
 *
 * @param minKnownWords the share of known words below which the text counts as foreign, 0 for never
 */
public record ReviewPolicy(float minKnownWords) {
    public ReviewPolicy {
        if (!(minKnownWords >= 0 && minKnownWords <= 1)) {
            throw new IllegalArgumentException("min_known_words is " + minKnownWords + ", expected 0 to 1");
        }
    }

    /** The reasons to send a prediction to review; none if it can be acted on. */
    public List<ReviewReason> reasons(Prediction prediction) {
        List<ReviewReason> reasons = new ArrayList<>(2);
        for (HeadPrediction answer : prediction.heads()) {
            Head head = answer.head();
            if (!head.roles().review()) {
                continue;
            }
            String name = head.name();
            float confidence = answer.confidence();
            if (confidence < head.reviewThreshold()) {
                reasons.add(new ReviewReason(LOW_CONFIDENCE, Optional.of(name), confidence, head.reviewThreshold()));
            } else if (answer.margin() < head.reviewMargin()) {
                reasons.add(new ReviewReason(CLOSE_CALL, Optional.of(name), answer.margin(), head.reviewMargin()));
            }
        }
        float known = prediction.knownShare();
        if (known < minKnownWords) {
            reasons.add(new ReviewReason(UNKNOWN_LANGUAGE, Optional.empty(), known, minKnownWords));
        }
        return reasons;
    }
}
