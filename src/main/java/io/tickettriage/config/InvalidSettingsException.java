package io.tickettriage.config;

import java.io.IOException;
import java.util.List;

/** The configuration is wrong; the message lists everything that is, with the place each was set. */
public final class InvalidSettingsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super("the configuration has " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:") + "\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each as {@code place: text}. */
    public List<String> problems() {
        return problems;
    }
}
