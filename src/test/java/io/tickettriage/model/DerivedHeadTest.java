package io.tickettriage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Derivation;
import io.tickettriage.taxonomy.HeadRoles;
import io.tickettriage.testing.ScriptedNetwork;
import io.tickettriage.testing.TestModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A department that follows from the intent, and answers by itself where no intent fits; a lead that only follows. */
class DerivedHeadTest {
    private static final List<String> DEPARTMENTS = List.of("billing", "sales", "technical");
    private static final List<String> INTENTS = List.of("charge", "crash", "price", "refund");
    private static final Map<String, String> DEPARTMENT_OF =
            Map.of("charge", "billing", "crash", "technical", "price", "sales", "refund", "billing");
    private static final Map<String, String> LEAD_OF =
            Map.of("charge", "low", "crash", "low", "price", "high", "refund", "low");
    /** Three of the department, none of the lead, five of the intent: four labels and none of them. */
    private static final int LOGITS = 8;

    private static List<Head> heads() {
        return List.of(
                head(
                        "department",
                        Activation.SOFTMAX,
                        DEPARTMENTS,
                        new HeadRoles(true, true, false, 0),
                        new Derivation("intent", DEPARTMENT_OF, "")),
                head(
                        "lead",
                        Activation.SOFTMAX,
                        List.of("high", "low"),
                        HeadRoles.NONE,
                        new Derivation("intent", LEAD_OF, "low")),
                head(
                        "intent",
                        Activation.SOFTMAX_OR_OTHER,
                        INTENTS,
                        new HeadRoles(false, true, true, 3),
                        Derivation.NONE));
    }

    private static Head head(
            String name, Activation activation, List<String> labels, HeadRoles roles, Derivation derived) {
        return new Head(name, activation, labels, 1, Map.of(), roles.review() ? 0.5f : 0, 0, roles, derived);
    }

    private static TicketModel model(List<Head> heads, float... answer) {
        ScriptedNetwork network =
                new ScriptedNetwork(LOGITS, (text, logits) -> System.arraycopy(answer, 0, logits, 0, LOGITS));
        return new TicketModel("derived", "", 2, heads, new ReviewPolicy(0), network);
    }

    private static Prediction predict(float... logits) {
        return model(heads(), logits).newPredictor().predict("", Map.of());
    }

    @Test
    void shouldFollowFromTheIntentWhateverItsOwnLogitsSay() {
        Prediction prediction = predict(0, 9, 0, 1, 0, 0, 4, 0);
        assertThat(prediction.head("intent").label()).isEqualTo("refund");
        assertThat(prediction.head("department").label()).isEqualTo("billing");
        assertThat(prediction.head("lead").label()).isEqualTo("low");
        float[] intents = prediction.head("intent").scores();
        assertThat(prediction.head("department").confidence())
                .isCloseTo(intents[0] + intents[3], within(0.001f))
                .isGreaterThan(prediction.head("intent").confidence());
    }

    @Test
    void shouldAnswerByItselfWhereNoIntentFitsAndAskNobodyAboutTheIntent() {
        Prediction prediction = predict(0, 9, 0, 0, 0, 0, 0, 8);
        assertThat(prediction.head("intent").isOther()).isTrue();
        assertThat(prediction.head("department").label()).isEqualTo("sales");
        assertThat(prediction.head("department").confidence()).isGreaterThan(0.9f);
        assertThat(prediction.head("lead").label()).isEqualTo("low");
        assertThat(new ReviewPolicy(0).reasons(prediction)).isEmpty();
    }

    @Test
    void shouldSendToReviewWhatNeitherTheIntentNorTheDepartmentIsSureOf() {
        assertThat(new ReviewPolicy(0).reasons(predict(0, 0, 0, 0, 0, 0, 0, 8)))
                .extracting(ReviewReason::head)
                .containsExactly(Optional.of("department"));
    }

    @Property(tries = 500)
    void shouldNeverContradictTheIntent(@ForAll @Size(LOGITS) List<@FloatRange(min = -9, max = 9) Float> logits) {
        float[] values = new float[LOGITS];
        for (int k = 0; k < LOGITS; k++) {
            values[k] = logits.get(k);
        }
        Prediction prediction = predict(values);
        HeadPrediction intent = prediction.head("intent");
        if (!intent.isOther()) {
            assertThat(prediction.head("department").label()).isEqualTo(DEPARTMENT_OF.get(intent.label()));
            assertThat(prediction.head("lead").label()).isEqualTo(LEAD_OF.get(intent.label()));
        }
        for (String head : List.of("department", "lead")) {
            float sum = 0;
            for (float score : prediction.head(head).scores()) {
                sum += score;
            }
            assertThat(sum).as(head).isCloseTo(1, within(0.001f));
        }
    }

    @Test
    void shouldExplainAnAnswerByWhatSpeaksForTheIntentsThatLeadToIt() {
        Predictor predictor = model(heads(), 0, 0, 0, 1, 0, 0, 2, 0).newPredictor();
        Prediction prediction = predictor.predict("", Map.of());
        // The one term of the script adds what the logits are.
        List<Explanation> explanations = predictor.explain("", Map.of(), prediction, 3);
        float[] p = prediction.head("intent").scores();
        float billing = (p[0] * 1 + p[3] * 2) / (p[0] + p[3]);
        assertThat(explanations.get(0).terms().get(0).weight()).isCloseTo(billing, within(0.001f));
        assertThat(explanations.get(2).terms().get(0).weight()).isCloseTo(2 - p[0] / (1 - p[3]), within(0.001f));
    }

    @Test
    void shouldExplainAnAnswerOfItsOwnByItsOwnLogits() {
        Predictor predictor = model(heads(), 0, 9, 0, 0, 0, 0, 0, 8).newPredictor();
        Prediction prediction = predictor.predict("", Map.of());
        List<Explanation> explanations = predictor.explain("", Map.of(), prediction, 3);
        assertThat(explanations.get(0).terms().get(0).weight()).isCloseTo(9, within(0.001f));
        assertThat(explanations.get(1).terms().get(0).weight()).isCloseTo(8, within(0.001f));
    }

    @Test
    void shouldKeepItsDerivationInTheArtifact() throws Exception {
        TicketModel small = TestModels.artifact("plain", 6).model();
        EmbeddingBagNetwork of = (EmbeddingBagNetwork) small.network();
        int dimensions = of.bag().dimensions();
        EmbeddingBagNetwork network = new EmbeddingBagNetwork(
                of.config(),
                of.vocabulary(),
                of.bag(),
                Int8Matrix.quantize(new float[LOGITS * dimensions], LOGITS, dimensions),
                new float[LOGITS]);
        TicketModel model = new TicketModel("derived", "", 2, heads(), new ReviewPolicy(0), network);
        ModelArtifact.Notes notes = TestModels.artifact("plain", 6).notes();
        byte[] file = ArtifactWriter.write(new ModelArtifact(model, notes, List.of()));
        assertThat(ArtifactReader.read(file).model().heads()).isEqualTo(heads());
    }

    @Test
    void shouldRefuseATableWithAGap() {
        List<Head> gap = List.of(
                head(
                        "department",
                        Activation.SOFTMAX,
                        DEPARTMENTS,
                        new HeadRoles(true, true, false, 0),
                        new Derivation("intent", Map.of("charge", "billing"), "")),
                heads().get(2));
        assertThatThrownBy(() -> model(gap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("head department: derived: labels does not say what follows from intent crash");
    }
}
