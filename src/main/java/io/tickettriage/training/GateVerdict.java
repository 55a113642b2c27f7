package io.tickettriage.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** The promotion gate's decision and the checks it rests on; its JSON stands in the provenance of the candidate. */
@JsonPropertyOrder({"verdict", "checks"})
public record GateVerdict(List<Check> checks) {
    /** One figure, such as {@code intent accuracy}, of both models on some rows; the reason is the rule with its numbers. */
    public record Check(String what, int rows, double active, double candidate, boolean passed, String reason) {}

    /** {@code promoted} or {@code refused}. */
    @JsonProperty
    public String verdict() {
        return promoted() ? "promoted" : "refused";
    }

    /** Whether every check passed. */
    public boolean promoted() {
        return checks.stream().allMatch(Check::passed);
    }
}
