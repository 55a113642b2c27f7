package io.tickettriage.training.fit;

import java.util.SplittableRandom;

/** Writes a text as another person would have typed it; its labels stay true. */
@FunctionalInterface
public interface Augmentation {
    /** The text in another style. */
    String vary(String text, SplittableRandom random);
}
