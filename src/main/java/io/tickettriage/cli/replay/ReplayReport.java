package io.tickettriage.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import java.util.Optional;

/** The result of a replay: the model, how many records it scored, and what would change where that was asked for. */
record ReplayReport(
        String modelVersion,
        long records,
        long scored,
        long rejected,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Differences> diff)
        implements Report {

    @Override
    public void print(Page page) {
        diff.ifPresent(differences -> differences.print(page));
    }
}
