package io.tickettriage.topics;

import java.io.IOException;
import java.util.List;

/** The catalogue is wrong; the message lists every problem with its file and line. */
public final class InvalidCatalogueException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidCatalogueException(String source, List<String> problems) {
        super("the topic catalogue in " + source + " has " + problems.size()
                + (problems.size() == 1 ? " problem:" : " problems:") + "\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each as {@code file:line: text}. */
    public List<String> problems() {
        return problems;
    }
}
