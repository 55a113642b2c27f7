package io.tickettriage.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.util.SortedSet;

/** What a role is built from; {@code queues} are those of the catalogue, {@code review} among them. */
record RoleContext(
        KafkaStreamsConfig streams,
        CorrectionsConfig corrections,
        ScorerFactory scoring,
        TopicNames names,
        SortedSet<String> queues,
        ActiveModel activeModel,
        Challenger shadow,
        MeterRegistry registry) {

    /** The heads and labels that corrections are checked against. */
    Taxonomy taxonomy() throws IOException {
        return ConfigFiles.read(corrections.taxonomyFile(), Taxonomy::read);
    }

    CorrectionDecoder correctionDecoder() throws IOException {
        return new CorrectionDecoder(taxonomy(), scoring.config().maxTicketBytes());
    }
}
