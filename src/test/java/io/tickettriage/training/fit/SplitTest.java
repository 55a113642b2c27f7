package io.tickettriage.training.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static TrainingRow row(String text, String intent, String group) {
        return new TrainingRow(LabelledExample.row(text, text, Map.of("intent", intent)), Set.of(), "source", 1, group);
    }

    private static List<TrainingRow> rows() {
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.add(row(
                    "unique" + (char) ('a' + i % 26) + "word" + "x".repeat(i / 26),
                    i % 4 == 0 ? "refund" : "praise",
                    ""));
        }
        for (int i = 0; i < 50; i++) {
            rows.add(row("cancel order number " + i + " please", "cancellation", ""));
            rows.add(row("filled template " + "y".repeat(i), "praise", "template " + i % 5));
        }
        return rows;
    }

    private static Set<String> texts(List<TrainingRow> rows) {
        return rows.stream().map(TrainingRow::text).collect(Collectors.toSet());
    }

    @Test
    void shouldNotDependOnTheOrderOfTheRows() {
        List<TrainingRow> shuffled = new ArrayList<>(rows());
        Collections.shuffle(shuffled, new Random(7));
        Split one = Split.of(rows(), 0.2, "intent", 3);
        Split two = Split.of(shuffled, 0.2, "intent", 3);
        assertThat(texts(one.validation())).isEqualTo(texts(two.validation()));
        assertThat(texts(Split.of(rows(), 0.2, "intent", 4).validation())).isNotEqualTo(texts(one.validation()));
    }

    @Test
    void shouldKeepGroupsAndNearDuplicatesOnOneSide() {
        Split split = Split.of(rows(), 0.2, "intent", 3);
        Set<String> common = new HashSet<>(
                split.training().stream().map(TrainingRow::groupKey).toList());
        common.retainAll(split.validation().stream().map(TrainingRow::groupKey).toList());
        assertThat(common).isEmpty();
        long cancellations = split.validation().stream()
                .filter(r -> r.text().startsWith("cancel order"))
                .count();
        assertThat(cancellations).isIn(0L, 50L);
    }

    @Test
    void shouldTakeItsShareOfEachClass() {
        Split split = Split.of(rows(), 0.2, "intent", 3);
        assertThat(split.training()).hasSize(rows().size() - split.validation().size());
        long refunds = split.validation().stream()
                .filter(r -> "refund".equals(r.example().labels().get("intent")))
                .count();
        assertThat(refunds).isBetween(18L, 22L);
    }
}
