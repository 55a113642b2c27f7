package io.tickettriage.testing;

import io.tickettriage.scoring.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Business rules for tests. */
public final class TestRules {
    private TestRules() {}

    /** No rules: the model decides alone. */
    public static Rules none() {
        try {
            return Rules.parse("", "no rules");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
