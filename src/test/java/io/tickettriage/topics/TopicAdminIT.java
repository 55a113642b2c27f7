package io.tickettriage.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.broker.FreePort;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.testing.KafkaBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicAdminIT {
    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    private final TopicAdmin admin;
    private TopicNames names = TopicNames.PLAIN;

    TopicAdminIT() throws Exception {
        admin = TopicAdmin.connect(BROKER.bootstrap(), Map.of());
    }

    @BeforeEach
    void takePrefix() {
        names = new TopicNames(BROKER.prefix(), ".dead");
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void shouldCreateTheWholeCatalogueOnce() throws Exception {
        List<TopicSpec> wanted = TopicCatalogue.bundled().topics(names);
        TopicDiff diff = admin.diff(wanted);
        assertThat(diff.changes()).hasSize(wanted.size()).allMatch(change -> change.kind() == TopicChange.Kind.CREATE);

        assertThat(admin.apply(diff, false)).isEqualTo(diff.changes());
        assertThat(admin.diff(wanted).changes()).isEmpty();
        // Another instance may have compared before we created.
        assertThatCode(() -> admin.apply(diff, false)).doesNotThrowAnyException();
        assertThat(admin.find(List.of(names.models())).get(names.models()))
                .satisfies(topic -> assertThat(topic.configs()).containsEntry("cleanup.policy", "compact"));
    }

    @Test
    void shouldWidenAndChangeATopicThatExists() throws Exception {
        String name = names.raw();
        apply(spec(name, 2, Map.of("retention.ms", "1000000")), false);
        TopicSpec wider = spec(name, 4, Map.of("retention.ms", "2000000", "max.message.bytes", "4194304"));
        TopicDiff diff = admin.diff(List.of(wider));
        assertThat(admin.apply(diff, false)).hasSize(3);
        assertThat(admin.diff(List.of(wider)).changes()).isEmpty();
        // Applying an old difference again finds everything done.
        assertThatCode(() -> admin.apply(diff, false)).doesNotThrowAnyException();
        ClusterTopic topic = admin.find(List.of(name)).get(name);
        assertThat(topic).isNotNull().extracting(ClusterTopic::partitions).isEqualTo(4);
    }

    @Test
    void shouldShortenARetentionOnlyWhenAllowed() throws Exception {
        String name = names.raw();
        apply(spec(name, 1, Map.of("retention.ms", "2000000")), false);
        TopicSpec shorter = spec(name, 1, Map.of("retention.ms", "1000000"));

        assertThat(apply(shorter, false)).isEmpty();
        assertThat(admin.diff(List.of(shorter)).changes())
                .extracting(TopicChange::safety)
                .containsExactly(TopicChange.Safety.LOSES_DATA);
        assertThat(apply(shorter, true)).hasSize(1);
        assertThat(admin.diff(List.of(shorter)).changes()).isEmpty();
    }

    @Test
    void shouldLeaveSettingsTheCatalogueDoesNotName() throws Exception {
        String name = names.raw();
        apply(spec(name, 1, Map.of("retention.ms", "2000000", "segment.bytes", "2097152")), false);
        apply(spec(name, 1, Map.of("retention.ms", "3000000")), false);
        assertThat(admin.find(List.of(name)).get(name)).satisfies(topic -> assertThat(topic.configs())
                .containsEntry("segment.bytes", "2097152")
                .containsEntry("retention.ms", "3000000"));
    }

    @Test
    void shouldNameMissingTopicsAndTheCommandThatCreatesThem() throws Exception {
        apply(spec(names.raw(), 1, Map.of()), false);
        assertThatThrownBy(() -> admin.verify(List.of(names.raw(), names.scored(), names.dlq()), names))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(names.dlq() + ", " + names.scored() + ";")
                .hasMessageEndingWith("./triage topics apply --bootstrap " + BROKER.bootstrap() + " --prefix "
                        + BROKER.prefix() + " --dlq-suffix .dead");
        assertThatCode(() -> admin.verify(List.of(names.raw()), names)).doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheTopicAndChangeTheClusterRefuses() {
        TopicSpec wrong = spec(names.raw(), 1, Map.of("retention.ms", "soon"));
        assertThatThrownBy(() -> apply(wrong, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(names.raw() + ": create with 1 partition")
                .hasMessageContaining("retention.ms");
    }

    @Test
    void shouldSayThatNoBrokerAnswers() throws Exception {
        String nowhere = "127.0.0.1:" + FreePort.find();
        Map<String, String> impatient = Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "1000");
        try (TopicAdmin lost = TopicAdmin.connect(nowhere, impatient)) {
            assertThatThrownBy(() -> lost.find(List.of("t")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no Kafka broker answers at " + nowhere);
        }
    }

    private List<TopicChange> apply(TopicSpec spec, boolean allowDataLoss) throws IOException {
        return admin.apply(admin.diff(List.of(spec)), allowDataLoss);
    }

    private static TopicSpec spec(String name, int partitions, Map<String, String> configs) {
        return new TopicSpec(name, "a topic", "id", "bytes", partitions, TopicSpec.BROKER_DEFAULT, false, configs);
    }
}
