package io.tickettriage.model;

import io.tickettriage.model.ReviewReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a prediction is not good enough to act on: below the thresholds of its heads, or where less than {@code
 * minKnownWords} of the words are known, a share, 0 for never: a foreign text. An answer without a confidence is never
 * good enough, whatever its head is for.
 */
public record ReviewPolicy(float minKnownWords) {
    public ReviewPolicy {
        if (!(minKnownWords >= 0 && minKnownWords <= 1)) {
            throw new IllegalArgumentException("min_known_words is " + minKnownWords + ", expected 0 to 1");
        }
    }

    /** Whether none of its labels fits and a head that follows from it answers by itself: that one must be sure then. */
    private static boolean isLeftToAnother(HeadPrediction answer, Prediction prediction) {
        return answer.isOther()
                && prediction.heads().stream()
                        .map(other -> other.head().derived())
                        .anyMatch(derived -> derived.from().equals(answer.head().name()) && derived.hasOwnAnswer());
    }

    /** The reasons to send a prediction to review; none if it can be acted on. */
    public List<ReviewReason> reasons(Prediction prediction) {
        List<ReviewReason> reasons = new ArrayList<>(2);
        for (HeadPrediction answer : prediction.heads()) {
            Head head = answer.head();
            if (answer.hasConfidence() && (!head.roles().review() || isLeftToAnother(answer, prediction))) {
                continue;
            }
            String name = head.name();
            float confidence = answer.confidence();
            float threshold = head.reviewThreshold();
            if (confidence < threshold || !answer.hasConfidence()) {
                reasons.add(new ReviewReason(Kind.LOW_CONFIDENCE, Optional.of(name), confidence, threshold));
            } else if (answer.margin() < head.reviewMargin()) {
                float margin = answer.margin();
                reasons.add(new ReviewReason(Kind.CLOSE_CALL, Optional.of(name), margin, head.reviewMargin()));
            }
        }
        float known = prediction.knownShare();
        if (known < minKnownWords) {
            reasons.add(new ReviewReason(Kind.UNKNOWN_LANGUAGE, Optional.empty(), known, minKnownWords));
        }
        return reasons;
    }
}
