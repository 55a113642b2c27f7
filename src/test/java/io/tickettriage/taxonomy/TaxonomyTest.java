package io.tickettriage.taxonomy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxonomyTest {
    private static final String HEADS = """
            heads:
              - {name: department, labels: [billing, sales], routing: true, review: true}
              - {name: churn, labels: [low, high], activation: Sigmoid, header: true, top_k: 2}
            """;

    @Test
    void shouldReadHeadsAndTakeWhatIsLeftOutAsEmpty() throws Exception {
        Taxonomy taxonomy = read(HEADS);

        assertThat(taxonomy.metadata()).isEmpty();
        assertThat(taxonomy.heuristics()).isEmpty();
        assertThat(taxonomy.head("department")).hasValueSatisfying(head -> {
            assertThat(head.activation()).isEqualTo(Activation.SOFTMAX);
            assertThat(head.outputs()).isEqualTo(2);
            assertThat(head.roles()).isEqualTo(new HeadRoles(true, true, false, 0));
            assertThat(head.critical()).isEmpty();
        });
        assertThat(taxonomy.head("churn")).hasValueSatisfying(head -> {
            assertThat(head.activation()).isEqualTo(Activation.SIGMOID);
            assertThat(head.outputs()).isEqualTo(1);
            assertThat(head.roles()).isEqualTo(new HeadRoles(false, false, true, 2));
        });
        assertThat(taxonomy.head("mood")).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithALabelAndWhatWouldBeRight() throws Exception {
        Taxonomy taxonomy = read(HEADS);

        assertThat(taxonomy.problem("department", "sales")).isEmpty();
        assertThat(taxonomy.problem("department", "legal"))
                .containsInstanceOf(LabelProblem.UnknownLabel.class)
                .map(LabelProblem::message)
                .contains("head department has no label \"legal\" (known: billing, sales)");
        assertThat(taxonomy.problem("x".repeat(100), "sales"))
                .containsInstanceOf(LabelProblem.UnknownHead.class)
                .map(LabelProblem::message)
                .contains("there is no head \"" + "x".repeat(60) + "…\" (known: department, churn)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {name: A, labels: [a, b]}                              | name must match
                {labels: [a, b]}                                       | name must match
                {name: h, labels: [a, B]}                              | label "B" must match
                {name: h, labels: [a]}                                 | needs two or more different labels
                {name: h}                                              | needs two or more different labels
                {name: h, labels: [a, a]}                              | needs two or more different labels
                {name: h, labels: [a, b, c], activation: sigmoid}      | a sigmoid has two labels, not 3
                {name: h, labels: [a, b], critical: [c]}               | critical: head h has no label "c"
                {name: h, labels: [a, b], precision: {c: 0.9}}         | precision: head h has no label "c"
                {name: department, labels: [a, b]}                     | head "department" is there twice
                {name: h, labels: [a, b], routing: true}               | one head must have routing: true, 2 have
                {name: h, labels: [a, b], wieght: 2}                   | "wieght"
                {name: h, labels: [a, b], derived: {otherwise: a}}     | derived: from is missing
                {name: h, labels: [a, b], derived: {from: mood}}       | from is "mood", expected a head that is not derived
                {name: h, labels: [a, b], derived: {from: department, labels: {sales: a}, otherwise: a}} | what follows from department billing
                {name: h, labels: [a, b], derived: {from: department, labels: {sales: a, billing: c}, otherwise: a}} | head h has no label "c"
                {name: h, labels: [a, b], derived: {from: department, labels: {sales: a, billing: b, legal: a}, otherwise: a}} | head department has no label "legal"
                {name: h, labels: [a, b], derived: {from: department, labels: {sales: a, billing: b}}} | otherwise is missing, or activation: softmax_or_other
                """)
    void shouldRefuseAHeadThatCannotBe(String head, String problem) {
        assertThatThrownBy(() -> read(HEADS + "  - " + head))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("taxonomy.yaml:")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                heuristics: [{from: mood, fill: churn, labels: {a: low}}]                | no head "mood"
                heuristics: [{from: department, fill: churn, labels: {legal: low}}]      | no label "legal"
                heuristics: [{from: department, fill: churn, labels: {sales: lo}}]       | no label "lo"
                heuristics: [{from: department, fill: churn, otherwise: lo}]             | no label "lo"
                text_heuristics: [{head: churn, rules: [{label: lo, any_of: [x]}]}]      | no label "lo"
                text_heuristics: [{head: churn, otherwise_from: mood, otherwise: {a: b}}] | no head "mood"
                """)
    void shouldRefuseAHeuristicThatNamesWhatIsNotThere(String heuristics, String problem) {
        assertThatThrownBy(() -> read(HEADS + heuristics))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a heuristic: ")
                .hasMessageContaining(problem);
    }

    private static Taxonomy read(String yaml) throws IOException {
        return Taxonomy.read(new ByteArrayInputStream(yaml.getBytes(UTF_8)), "taxonomy.yaml");
    }
}
