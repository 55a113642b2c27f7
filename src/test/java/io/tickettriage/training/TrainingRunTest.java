package io.tickettriage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.format.Yaml;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.DatasetCatalog;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.synthesis.SynthesisPlan;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
    private static final Path EXAMPLE = Path.of("examples/service-desk");

    static final String PLAN = """
            seed: 5
            validation_share: 0.25
            text: {aliases: {}, negators: [not], negation_window: 2, phrase_words: 2, min_fragment: 3, max_fragment: 4, max_tokens: 200}
            vocabulary: {terms: 800, fragments: 800, min_documents: 2}
            fit: {committee: 2, dimensions: 8, epochs: 6, patience: 6, batch_rows: 16, learning_rate: 0.05, weight_decay: 0,
                  feature_dropout: 0.1, word_dropout: 0, noise_share: 0, filled_weight: 0.5, class_balance: 0.5, focal_gamma: 0,
                  head_weights: {}}
            review: {precision: {category: 0.95}, margin: {category: 0.1}, most_reviewed: 0.2, min_known_words: 0.3}
            synthesis: {per_template: 0, weight: 1, lead_in_source: none, lead_in_share: 0, intent_head: x, sentiment_head: y}
            retrain: {steps: 160, learning_rate: 0.05, correction_weight: 4, seen_per_epoch: 16, held_back_share: 0.3, new_terms: 50}
            golden: [Broken laptop, VPN is slow]
            """;

    static TrainingPlan plan(String yaml) throws IOException {
        return Yaml.read(yaml, "plan", TrainingPlan.class);
    }

    static TrainingPlan plan() throws IOException {
        return plan(PLAN);
    }

    /** A model of the service desk. */
    static ModelArtifact trained() throws IOException {
        return train(rows(), PLAN).written().artifact();
    }

    static Taxonomy taxonomy() throws IOException {
        return TestTaxonomies.yaml(Files.readString(EXAMPLE.resolve("taxonomy.yaml")));
    }

    static List<TrainingRow> rows() throws IOException {
        String yaml = Files.readString(EXAMPLE.resolve("datasets.yaml"));
        DatasetCatalog catalog = Yaml.read(yaml, "catalogue", DatasetCatalog.class);
        return new DatasetReader(taxonomy(), Path.of(""))
                .read(catalog.datasets().get(0))
                .rows();
    }

    static TrainingRun.Result train(List<TrainingRow> rows, String plan) throws IOException {
        return run(plan(plan)).train(new TrainingData(rows, Map.of()));
    }

    static TrainingRun run(TrainingPlan plan) throws IOException {
        return new TrainingRun(taxonomy(), plan, augmenter(), new BuildInfo("", "", ""), new Silent());
    }

    /** It is never asked: the plan's noise share is 0. */
    static TextAugmenter augmenter() throws IOException {
        String yaml = Files.readString(Path.of("config/synthetic.yaml"));
        return new TextAugmenter(
                Yaml.read(yaml, "synthetic.yaml", SynthesisPlan.class).style());
    }

    static final class Silent implements TrainingProgress {
        @Override
        public void step(String what) {
            assertThat(what).isNotBlank();
        }

        @Override
        public void epoch(EpochReport report) {
            assertThat(report.loss()).isFinite();
        }
    }

    @Test
    void shouldLearnTheLabelsOfAnotherDeskFromItsCsv() throws IOException {
        TrainingRun.Result result = train(rows(), PLAN);
        assertThat(result.validation().head("category").matrix().accuracy()).isGreaterThan(0.9);
        Predictor predictor = result.written().artifact().model().newPredictor();
        assertThat(predictor
                        .predict("Printer\nThe printer has a cracked lid", Map.of())
                        .routing()
                        .label())
                .isEqualTo("hardware");
        assertThat(predictor
                        .predict("VPN times out from home", Map.of())
                        .routing()
                        .label())
                .isEqualTo("network");
        assertThat(result.quantization().changes()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void shouldGiveTheSameBytesForTheSameRowsAndSeed() throws IOException {
        assertThat(train(rows(), PLAN).written().bytes())
                .isEqualTo(train(rows(), PLAN).written().bytes());
    }

    @Test
    void shouldLearnWithTheFocalLossToo() throws IOException {
        TrainingRun.Result result = train(rows(), PLAN.replace("focal_gamma: 0", "focal_gamma: 2"));
        assertThat(result.validation().head("category").matrix().accuracy()).isGreaterThan(0.9);
    }

    @Test
    void shouldCarryItsOriginItsFiguresAndItsReference() throws IOException {
        TrainingRun.Result result = train(rows(), PLAN);
        var notes = result.written().artifact().notes();
        assertThat(notes.provenance().path("seed").asLong()).isEqualTo(5);
        assertThat(notes.provenance().path("training_rows").asInt()
                        + notes.provenance().path("validation_rows").asInt())
                .isEqualTo(rows().size());
        assertThat(notes.metrics().at("/validation/heads/category/n").asInt())
                .isEqualTo(result.split().validation().size());
        double sum = 0;
        for (var share : notes.reference().at("/heads/category/labels")) {
            sum += share.asDouble();
        }
        assertThat(sum).isBetween(0.999, 1.001);
        assertThat(notes.reference().at("/heads/category/confidence")).hasSize(10);
        assertThat(result.written().artifact().golden()).hasSize(2);
    }

    @Test
    void shouldNameTheClassesThatCannotBeLearnt() throws IOException {
        List<TrainingRow> rows = new ArrayList<>(rows());
        rows.removeIf(row -> "network".equals(row.example().labels().get("category")));
        rows.add(
                new TrainingRow(LabelledExample.row("1", "wifi", Map.of("category", "network")), Set.of(), "s", 1, ""));
        rows.removeIf(row -> "access".equals(row.example().labels().get("category")));
        assertThatThrownBy(() -> train(rows, PLAN))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("category network has one row")
                .hasMessageContaining("category access has no row");
    }

    @Test
    void shouldNameTheSettingThatIsOutOfRange() {
        assertThatThrownBy(() -> plan(PLAN.replace("learning_rate: 0.05", "learning_rate: 5")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fit.learning_rate is 5.0, expected 0.0 to 1.0");
    }

    @Test
    void shouldNameTheSettingThatIsUnknown() {
        assertThatThrownBy(() -> plan(PLAN.replace("dimensions: 8", "dimensions: 8, dimension: 8")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("plan:5: unknown field \"dimension\"");
    }
}
