package io.tickettriage.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage replay}: scores past tickets with any model. */
@Command(
        name = "replay",
        description = {
            "Scores tickets that are still in tickets.raw with any model, of version 1 too, and shows what would change.",
            "",
            "The outcomes go to a file (scored tickets as JSON Lines, by partition and offset; replaced whole or not at all), "
                    + "to topics with another prefix, or nowhere. With --diff they are compared with what tickets.scored "
                    + "holds last for each ticket, or with what another model says. Nothing is sent to the topics "
                    + "the tickets came from."
        },
        footer = {
            "",
            "--diff keeps one short entry a ticket in memory; --diff --against keeps none.",
            "",
            "Examples:",
            "  triage replay --bootstrap localhost:9092 --from 2026-11-19T00:00:00Z --model candidate.json --diff",
            "  triage replay --model candidate.json --from-offset 1000 --to-offset 2000 --out scored.jsonl",
            "  triage topics apply --prefix trial. && triage replay --model candidate.json --to-prefix trial."
        })
public final class ReplayCommand extends TriageCommand {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private RangeOptions range;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The artifact to score with.")
    private Path model;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the scored tickets to this file.")
    private @Nullable Path out;

    @Option(
            names = "--to-prefix",
            paramLabel = "TEXT",
            description = "Send them to the topics with this prefix, which must exist.")
    private @Nullable String toPrefix;

    @Option(names = "--diff", description = "Show what would change.")
    private boolean diff;

    @Option(names = "--against", paramLabel = "FILE", description = "With --diff: compare with this model's answers.")
    private @Nullable Path against;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "3",
            description = "With --diff: tickets shown for each kind of change (${DEFAULT-VALUE}).")
    private int examples;

    @Mixin
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        Cluster cluster = kafka.cluster();
        List<String> topics = new ArrayList<>(List.of(cluster.names().raw()));
        if (diff && against == null) {
            topics.add(cluster.names().scored());
        }
        cluster.requireTopics(cluster.names(), topics);
        ScorerFactory scoring = ScorerFactory.load(cluster.settings(), Optional.of(model));
        ReplayReport report = cluster.withConsumer(consumer -> replay(cluster, consumer, scoring));
        output.print(report);
        err().println("model " + report.modelVersion() + " scored " + report.scored() + " tickets, rejected "
                + report.rejected()
                + (out == null ? "" : ", written to " + out)
                + (toPrefix == null ? "" : ", sent to " + toPrefix + "tickets.*"));
        return 0;
    }

    private void checkUsage() {
        Optional<String> problem = range.problem();
        if (problem.isPresent()) {
            throw wrongUsage(problem.get());
        }
        if (out != null && toPrefix != null) {
            throw wrongUsage("name one: --out FILE or --to-prefix TEXT");
        }
        if (out == null && toPrefix == null && !diff) {
            throw wrongUsage("say what for: --out FILE, --to-prefix TEXT, or --diff to see what changes");
        }
        if (against != null && !diff) {
            throw wrongUsage("--against goes with --diff");
        }
    }

    private ReplayReport replay(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer, ScorerFactory scoring)
            throws IOException {
        if (toPrefix != null) {
            return toTopics(
                    cluster,
                    consumer,
                    scoring,
                    new TopicNames(toPrefix, cluster.names().dlqSuffix()));
        }
        if (out == null) {
            return replay(cluster, consumer, scoring, ReplaySink.NONE);
        }
        List<ReplayReport> written = new ArrayList<>();
        AtomicFile.write(out, file -> written.add(replay(cluster, consumer, scoring, ReplaySink.file(file))));
        return written.get(0);
    }

    private ReplayReport toTopics(
            Cluster cluster, KafkaConsumer<byte[], byte[]> consumer, ScorerFactory scoring, TopicNames target)
            throws IOException {
        if (target.prefix().equals(cluster.names().prefix())) {
            throw new CommandFailedException(
                    "--to-prefix \"" + target.prefix() + "\" names the topics the tickets come "
                            + "from: everybody who reads the queues would get them a second time; choose another prefix");
        }
        SortedSet<String> queues = TopicCatalogue.load().queues();
        for (String label : scoring.model().routingHead().labels()) {
            if (!queues.contains(label)) {
                throw new CommandFailedException(model + ": department \"" + label + "\" has no queue topic (known: "
                        + String.join(", ", queues) + "); --out FILE needs none");
            }
        }
        List<String> topics = new ArrayList<>(List.of(target.scored(), target.dlq()));
        queues.forEach(queue -> topics.add(target.queue(queue)));
        cluster.requireTopics(target, topics);
        return cluster.withSender(sender -> replay(cluster, consumer, scoring, new ReplayTopics(sender, target)));
    }

    private ReplayReport replay(
            Cluster cluster, KafkaConsumer<byte[], byte[]> consumer, ScorerFactory scoring, ReplaySink sink)
            throws IOException {
        List<RangeOptions.Range> ranges =
                range.resolve(consumer, cluster.names().raw());
        if (ranges.isEmpty()) {
            err().println("no record of " + cluster.names().raw() + " is in the range");
        }
        Replay replay = new Replay(consumer, ranges, newScorer(scoring), err());
        String version = scoring.model().version();
        if (!diff) {
            return report(version, replay.run(sink, scored -> {}), Optional.empty());
        }
        if (against != null) {
            ScorerFactory other = ScorerFactory.load(cluster.settings(), Optional.of(against));
            ReplayDiff difference = new ReplayDiff("model " + other.model().version(), examples);
            Replay.Counts counts = replay.runBeside(
                    newScorer(other), sink, (before, after) -> add(difference, PredictedLabels.of(before), after));
            return report(version, counts, Optional.of(difference));
        }
        Map<String, PredictedLabels> recorded = recorded(cluster, consumer);
        ReplayDiff difference = new ReplayDiff(cluster.names().scored(), examples);
        Replay.Counts counts = replay.run(sink, scored -> {
            PredictedLabels before = recorded.get(scored.ticket().id());
            if (before == null) {
                difference.addMissing();
            } else {
                add(difference, before, scored);
            }
        });
        return report(version, counts, Optional.of(difference));
    }

    private static void add(ReplayDiff difference, PredictedLabels before, ScoredTicket after) {
        difference.add(after.ticket().id(), after.ticket().text(), before, PredictedLabels.of(after));
    }

    private static ReplayReport report(String version, Replay.Counts counts, Optional<ReplayDiff> diff) {
        return new ReplayReport(
                version, counts.records(), counts.scored(), counts.rejected(), diff.map(ReplayDiff::result));
    }

    /** A scorer whose output is that of the running application. */
    private static RecordScorer newScorer(ScorerFactory scoring) {
        OutputOptions options = scoring.outputOptions();
        return new RecordScorer(scoring.newScorer(new ActiveModel(scoring.model()), options));
    }

    /** What {@code tickets.scored} says last about each ticket since the range began. */
    private Map<String, PredictedLabels> recorded(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) {
        Map<String, PredictedLabels> recorded = new HashMap<>();
        // Few combinations of labels occur in many tickets.
        Map<PredictedLabels, PredictedLabels> same = new HashMap<>();
        TopicReader.readSince(consumer, cluster.names().scored(), range.since(), record -> {
            if (record.key() == null || record.value() == null) {
                return;
            }
            String id = new String(record.key(), UTF_8);
            try {
                PredictedLabels labels = PredictedLabels.of(ScoredRecord.read(record.value()));
                recorded.put(id, same.computeIfAbsent(labels, l -> l));
            } catch (IOException e) {
                recorded.remove(id);
            }
        });
        return recorded;
    }
}
