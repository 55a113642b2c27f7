package io.tickettriage.verify.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the check of a history has found so far. */
public final class Findings {
    private final List<Violation> violations = new ArrayList<>();
    private int quarantined;

    void add(Violation.Kind kind, String where, String detail) {
        violations.add(new Violation(kind, where, detail));
    }

    void quarantined() {
        quarantined++;
    }

    /** Every violation, in the order in which they were found. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** How many of each kind; 0 for those that did not happen. */
    public Map<Violation.Kind, Long> counts() {
        return Stream.of(Violation.Kind.values())
                .collect(Collectors.toMap(
                        kind -> kind,
                        kind -> violations.stream()
                                .filter(violation -> violation.kind() == kind)
                                .count(),
                        Long::sum,
                        () -> new java.util.EnumMap<>(Violation.Kind.class)));
    }

    /** How many hostile records the program has passed by unread. */
    public int quarantinedRecords() {
        return quarantined;
    }
}
