package io.tickettriage.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.ActiveShadow;
import io.tickettriage.ops.Settings;
import io.tickettriage.topics.TopicNames;
import java.util.SortedSet;

/**
 * What a role is built from.
 *
 * @param queues the queues of the catalogue, {@code review} among them
 */
record RoleContext(
        Settings settings,
        Scoring scoring,
        TopicNames names,
        SortedSet<String> queues,
        ActiveModel activeModel,
        ActiveShadow shadow,
        MeterRegistry registry) {}
