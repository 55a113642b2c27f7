package io.tickettriage.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.format.Yaml;
import io.tickettriage.training.TestTaxonomies;
import io.tickettriage.training.data.TrainingRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SynthesisTest {
    private static SynthesisPlan plan() throws IOException {
        String yaml = Files.readString(Path.of("config/synthetic.yaml"));
        return Yaml.read(yaml, "config/synthetic.yaml", SynthesisPlan.class);
    }

    private static List<TrainingRow> rows(long seed) throws IOException {
        return new Synthesizer(plan()).fromTemplates(TestTaxonomies.project(), 5, 1, seed);
    }

    @Test
    void shouldGiveTheSameRowsForTheSameSeed() throws IOException {
        assertThat(rows(4)).isEqualTo(rows(4)).isNotEqualTo(rows(5));
    }

    @Test
    void shouldFillEverySlotAndRepeatNoText() throws IOException {
        List<String> texts = rows(4).stream().map(TrainingRow::text).toList();
        assertThat(texts).doesNotHaveDuplicates().noneMatch(text -> text.contains("{"));
        assertThat(texts.size()).isGreaterThan(1500);
    }

    @Test
    void shouldPutAllRowsOfATemplateIntoOneGroup() throws IOException {
        assertThat(rows(4).stream().map(TrainingRow::groupKey).distinct().count())
                .isLessThan(rows(4).size() / 2);
        assertThat(rows(4)).allMatch(row -> !row.group().isEmpty());
    }

    @Test
    void shouldKeepTheGroupAndLeaveTheSentimentOpenWhereALeadInIsAdded() throws IOException {
        List<TrainingRow> rows = rows(4).subList(0, 200);
        List<TrainingRow> led = new Synthesizer(plan()).withLeadIns(rows, "intent", "sentiment", 1, 1, 3);
        assertThat(led).hasSameSizeAs(rows);
        for (int i = 0; i < led.size(); i++) {
            assertThat(led.get(i).groupKey()).isEqualTo(rows.get(i).groupKey());
            assertThat(led.get(i).text())
                    .contains(rows.get(i).text())
                    .isNotEqualTo(rows.get(i).text());
            assertThat(led.get(i).example().labels()).doesNotContainKey("sentiment");
        }
    }

    @Test
    void shouldRefuseASlotThatIsNotFilled() {
        String yaml = """
                style:
                  greetings: []
                  closings: []
                  subjects: []
                  background: []
                  emoji: []
                  spellings: {}
                  rates: {greeting: 0, closing: 0, subject: 0, background: 0, casing: 0, punctuation: 0, elongation: 0,
                          emoji: 0, spelling: 0, noisy: 0, typo: 0}
                templates: [{labels: {intent: refund}, text: ["{thing} back"]}]
                """;
        assertThatThrownBy(() -> Yaml.read(yaml, "plan", SynthesisPlan.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("{thing}");
    }

    @Property(tries = 300)
    void shouldVaryAnyTextAlikeForTheSameSeedAndNeverToNothing(
            @ForAll @StringLength(max = 80) String text, @ForAll long seed) throws IOException {
        TextAugmenter augmenter = new TextAugmenter(plan().style());
        String varied = augmenter.vary(text, new SplittableRandom(seed));
        assertThat(varied).isEqualTo(augmenter.vary(text, new SplittableRandom(seed)));
        assertThat(varied.isBlank()).isEqualTo(text.isBlank());
    }
}
