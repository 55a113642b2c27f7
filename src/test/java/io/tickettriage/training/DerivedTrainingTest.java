package io.tickettriage.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.fit.HeadLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A team that follows from the topic; of some rows only the team is known, for they have no topic of this desk's. */
class DerivedTrainingTest {
    private static final String TAXONOMY = """
            heads:
              - name: team
                labels: [hardware, network, office]
                routing: true
                review: true
                derived: {from: topic, labels: {screen: hardware, vpn: network, wifi: network}}
              - name: topic
                labels: [screen, vpn, wifi]
                activation: softmax_or_other
                review: true
              - name: paid
                labels: ["no", "yes"]
                derived: {from: topic, labels: {screen: "yes", vpn: "no", wifi: "no"}, otherwise: "no"}
            """;
    private static final List<String> PLACES =
            List.of("home", "berlin", "floor two", "the lab", "my desk", "the train", "room nine", "the hall");

    private static final String PLAN = TrainingRunTest.PLAN.replace("category", "team");

    private static Taxonomy taxonomy() {
        return TestTaxonomies.yaml(TAXONOMY);
    }

    private static List<TrainingRow> rows() {
        List<TrainingRow> rows = new ArrayList<>();
        for (String place : PLACES) {
            rows.add(row("screen is cracked in " + place, Map.of("topic", "screen")));
            rows.add(row("display flickers at " + place, Map.of("topic", "screen")));
            rows.add(row("vpn drops from " + place, Map.of("topic", "vpn")));
            rows.add(row("tunnel vpn refuses at " + place, Map.of("topic", "vpn")));
            rows.add(row("wifi is slow in " + place, Map.of("topic", "wifi")));
            rows.add(row("wireless wifi lost near " + place, Map.of("topic", "wifi")));
            rows.add(row("salary slip missing for " + place, Map.of("team", "office")));
            rows.add(row("holiday salary form of " + place, Map.of("team", "office")));
        }
        return rows;
    }

    private static TrainingRow row(String text, Map<String, String> labels) {
        return new TrainingRow(LabelledExample.row(text, text, labels), Set.of(), "test", 1, "");
    }

    private static TrainingRun run() throws IOException {
        return new TrainingRun(
                taxonomy(),
                TrainingRunTest.plan(PLAN),
                TrainingRunTest.augmenter(),
                new BuildInfo("", "", ""),
                new TrainingRunTest.Silent());
    }

    private static TicketModel trained() throws IOException {
        return run().train(new TrainingData(rows(), Map.of()))
                .written()
                .artifact()
                .model();
    }

    @Test
    void shouldTrainARowOfWhichOnlyTheTeamIsKnownTowardsNoTopic() {
        HeadLayout layout = HeadLayout.of(taxonomy());
        HeadLayout.Place topic = layout.places().get(1);
        assertThat(layout.logits()).isEqualTo(3 + 4);
        assertThat(topic.target(row("salary", Map.of("team", "office")))).isEqualTo(3);
        assertThat(topic.target(row("vpn", Map.of("topic", "vpn", "team", "network"))))
                .isEqualTo(1);
        assertThat(topic.target(row("something", Map.of("paid", "no")))).isEqualTo(-1);
        assertThat(topic.target(
                        row("vpn", Map.of("team", "network")).withLabels(Map.of("team", "network"), Set.of("team"))))
                .isEqualTo(-1);
        assertThat(layout.places().get(2).target(row("x", Map.of("paid", "no"))))
                .isEqualTo(-1);
    }

    @Test
    void shouldLetTheTeamFollowFromTheTopicAndSpeakWhereThereIsNone() throws IOException {
        Predictor predictor = trained().newPredictor();

        Prediction vpn = predictor.predict("the vpn drops again", Map.of());
        assertThat(vpn.head("topic").label()).isEqualTo("vpn");
        assertThat(vpn.routing().label()).isEqualTo("network");
        assertThat(predictor.predict("cracked screen", Map.of()).head("paid").label())
                .isEqualTo("yes");

        Prediction salary = predictor.predict("my salary slip", Map.of());
        assertThat(salary.head("topic").isOther()).isTrue();
        assertThat(salary.routing().label()).isEqualTo("office");
        assertThat(salary.head("paid").label()).isEqualTo("no");
    }

    @Test
    void shouldStayWhatItIsWhereItIsTrainedOnWithoutBeingTaughtAnythingElse() throws IOException {
        TicketModel parent = trained();
        List<TrainingRow> corrections = List.of(
                row("beamer is dark in the lab", Map.of("topic", "screen")),
                row("beamer shows nothing", Map.of("topic", "screen")));
        TicketModel candidate = run().retrain(parent, new TrainingData(rows(), Map.of()), corrections)
                .written()
                .artifact()
                .model();
        Predictor predictor = candidate.newPredictor();
        assertThat(predictor.predict("beamer", Map.of()).routing().label()).isEqualTo("hardware");
        assertThat(predictor.predict("my salary slip", Map.of()).routing().label())
                .isEqualTo("office");
        assertThat(predictor.predict("my salary slip", Map.of()).head("topic").isOther())
                .isTrue();
    }
}
