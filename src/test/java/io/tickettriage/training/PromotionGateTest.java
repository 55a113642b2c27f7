package io.tickettriage.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.format.Json;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.training.evaluation.LabelledRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionGateTest {
    @Test
    void shouldPromoteAModelThatIsAsGood() throws IOException {
        TicketModel model = TrainingRunTest.trained().model();
        List<LabelledRow> rows =
                TrainingRunTest.rows().stream().map(LabelledRow::of).toList();
        GateVerdict verdict = new PromotionGate(TrainingRunTest.taxonomy()).compare(model, model, rows, List.of());
        assertThat(verdict.promoted()).isTrue();
        assertThat(Json.text(verdict)).startsWith("{\"verdict\":\"promoted\",\"checks\":[{\"what\":");
        assertThat(verdict.checks()).extracting(GateVerdict.Check::what).contains("category accuracy");
    }

    @Test
    void shouldRefuseOneThatLearntLessAndSayWhere() throws IOException {
        ModelArtifact active = TrainingRunTest.trained();
        TicketModel weak = TrainingRunTest.train(
                        TrainingRunTest.rows(),
                        TrainingRunTest.PLAN.replace("terms: 800, fragments: 800", "terms: 3, fragments: 3"))
                .written()
                .artifact()
                .model();
        List<LabelledRow> rows =
                TrainingRunTest.rows().stream().map(LabelledRow::of).toList();
        GateVerdict verdict =
                new PromotionGate(TrainingRunTest.taxonomy()).compare(active.model(), weak, rows, rows.subList(0, 20));
        assertThat(verdict.promoted()).isFalse();
        assertThat(verdict.checks()).anySatisfy(check -> {
            assertThat(check.what()).isEqualTo("category accuracy");
            assertThat(check.passed()).isFalse();
            assertThat(check.candidate()).isLessThan(check.active());
        });
        assertThat(verdict.checks()).anySatisfy(check -> {
            assertThat(check.what()).startsWith("corrected tickets");
            assertThat(check.passed()).isFalse();
        });
    }
}
