package io.tickettriage.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.model.TicketModel;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelVariantsTest {
    @Test
    void shouldAnswerTheSameTicketDifferently() throws IOException {
        ModelVariants variants = ModelVariants.create();

        Set<Float> confidences = variants.models().values().stream()
                .map(TicketModel::newPredictor)
                .map(predictor -> predictor
                        .predict("where is my parcel", Map.of())
                        .routing()
                        .confidence())
                .collect(Collectors.toSet());

        assertThat(variants.published()).hasSize(ModelVariants.COUNT);
        assertThat(confidences).hasSize(ModelVariants.COUNT + 1);
    }
}
