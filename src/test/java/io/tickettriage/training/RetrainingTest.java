package io.tickettriage.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.training.data.TrainingRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrainingTest {
    private static TrainingRow correction(int ticket, String text, String category) {
        return new TrainingRow(
                LabelledExample.row("T-" + ticket, text, Map.of("category", category)),
                Set.of(),
                "corrections",
                8,
                "ticket T-" + ticket);
    }

    private static TrainingRun.Retrained retrain(ModelArtifact parent, List<TrainingRow> corrections)
            throws IOException {
        TrainingData data = new TrainingData(TrainingRunTest.rows(), Map.of());
        return TrainingRunTest.run(TrainingRunTest.plan()).retrain(parent.model(), data, corrections);
    }

    private static String routed(TicketModel model, String text) {
        return model.newPredictor().predict(text, Map.of()).routing().label();
    }

    /** Tickets about projectors, of which the parent knows nothing. */
    private static List<TrainingRow> corrections() {
        List<TrainingRow> corrections = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            corrections.add(correction(i, "The projector in room " + i + " gives a zigzag picture", "network"));
        }
        return corrections;
    }

    @Test
    void shouldLearnWhatWasCorrectedAndKeepWhatItKnew() throws IOException {
        ModelArtifact parent = TrainingRunTest.trained();
        TrainingRun.Retrained result = retrain(parent, corrections());
        TicketModel next = result.written().artifact().model();
        assertThat(routed(next, "projector shows a zigzag picture again")).isEqualTo("network");
        assertThat(routed(next, "Printer\nThe printer has a cracked lid")).isEqualTo("hardware");
        assertThat(result.heldBack()).isBetween(3, 17);
        assertThat(result.verdict().checks()).anyMatch(c -> c.what().equals("corrected tickets: category"));
        assertThat(result.verdict().promoted()).as(result.verdict().toString()).isTrue();
        assertThat(result.written().artifact().refused()).isFalse();
        assertThat(result.written()
                        .artifact()
                        .notes()
                        .provenance()
                        .path("parent")
                        .asText())
                .isEqualTo(parent.model().version());
        assertThat(next.heads())
                .extracting(Head::temperature)
                .isEqualTo(
                        parent.model().heads().stream().map(Head::temperature).toList());
    }

    @Test
    void shouldRefuseWhatAPoisonedBatchTeaches() throws IOException {
        List<TrainingRow> poison = new ArrayList<>();
        List<TrainingRow> rows = TrainingRunTest.rows();
        for (int i = 0; i < rows.size(); i++) {
            poison.add(correction(i, rows.get(i).text(), "network"));
        }
        TrainingRun.Retrained result = retrain(TrainingRunTest.trained(), poison);
        assertThat(result.verdict().promoted()).as(result.verdict().toString()).isFalse();
        assertThat(result.verdict().verdict()).isEqualTo("refused");
        assertThat(result.written()
                        .artifact()
                        .notes()
                        .provenance()
                        .at("/gate/verdict")
                        .asText())
                .isEqualTo("refused");
    }

    @Test
    void shouldGiveTheSameBytesForTheSameCorrections() throws IOException {
        ModelArtifact parent = TrainingRunTest.trained();
        assertThat(retrain(parent, corrections()).written().bytes())
                .isEqualTo(retrain(parent, corrections()).written().bytes());
    }
}
