package io.tickettriage.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.ClusterCommand;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.io.OutputStream;
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
            "%nThe outcomes go to a file (scored tickets as JSON Lines, by partition and offset; replaced whole or not at all), "
                    + "to topics with another prefix, or nowhere. With --diff they are compared with what tickets.scored "
                    + "holds last for each ticket, or with what another model says. Nothing is sent to the topics "
                    + "the tickets came from."
        },
        footer = {
            "%n--diff keeps one short entry a ticket in memory; --diff --against keeps none.",
            "%nExamples:",
            "  triage replay --bootstrap localhost:9092 --from 2026-11-19T00:00:00Z --model candidate.json --diff",
            "  triage replay --model candidate.json --from-offset 1000 --to-offset 2000 --out scored.jsonl",
            "  triage topics apply --prefix trial. && triage replay --model candidate.json --to-prefix trial."
        })
public final class ReplayCommand extends ClusterCommand {
    @Mixin
    private RangeOptions range;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The artifact to score with.")
    private Path model;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the scored tickets to this file.")
    private @Nullable Path out;

    @Option(names = "--to-prefix", paramLabel = "TEXT", description = "Send them to the topics with this prefix.")
    private @Nullable String toPrefix;

    @Option(names = "--diff", description = "Show what would change.")
    private boolean diff;

    @Option(names = "--against", paramLabel = "FILE", description = "With --diff: compare with this model's answers.")
    private @Nullable Path against;

    @Option(names = "--examples", paramLabel = "N", description = "Tickets shown of each change (${DEFAULT-VALUE}).")
    private int examples = 3;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        Cluster cluster = kafka.cluster();
        TopicNames names = cluster.names();
        boolean readScored = diff && against == null;
        cluster.requireTopics(names, readScored ? List.of(names.raw(), names.scored()) : List.of(names.raw()));
        ScorerFactory scoring = ScorerFactory.load(cluster.settings(), Optional.of(model));
        ReplayReport report = cluster.withConsumer(consumer -> replay(cluster, consumer, scoring));
        output.print(report, page -> report.diff().ifPresent(differences -> differences.print(page)));
        err().println("model " + report.modelVersion() + " scored " + report.scored() + " tickets, rejected "
                + report.rejected()
                + (out == null ? "" : ", written to " + out)
                + (toPrefix == null ? "" : ", sent to " + toPrefix + "tickets.*"));
        return 0;
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record ReplayReport(
            String modelVersion, long records, long scored, long rejected, Optional<ReplayDiff.Differences> diff) {}

    private void checkUsage() {
        range.problem().ifPresent(problem -> {
            throw wrongUsage(problem);
        });
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
        Optional<TopicNames> target = toPrefix == null ? Optional.empty() : Optional.of(target(cluster, scoring));
        String raw = cluster.names().raw();
        List<RangeOptions.Range> ranges = range.resolve(consumer, raw);
        if (ranges.isEmpty()) {
            err().println("no record of " + raw + " is in the range");
        }
        List<Replay.Sink> sinks = new ArrayList<>();
        Optional<ReplayDiff> comparison = diff ? Optional.of(comparison(cluster, consumer)) : Optional.empty();
        comparison.ifPresent(sinks::add);
        Replay replay = new Replay(newScorer(scoring), err());
        if (target.isPresent()) {
            cluster.withSender(sender -> {
                sinks.add(new ReplayTopics(sender, target.get()));
                replay.run(consumer, ranges, sinks);
            });
        } else if (out != null) {
            AtomicFile.writePrivate(out, file -> {
                sinks.add((record, outcome) -> writeLine(outcome, file));
                replay.run(consumer, ranges, sinks);
            });
        } else {
            replay.run(consumer, ranges, sinks);
        }
        return new ReplayReport(
                scoring.model().version(),
                replay.records(),
                replay.scored(),
                replay.records() - replay.scored(),
                comparison.map(ReplayDiff::result));
    }

    /** The topics with the other prefix, which must exist. */
    private TopicNames target(Cluster cluster, ScorerFactory scoring) throws IOException {
        TopicNames target =
                new TopicNames(String.valueOf(toPrefix), cluster.names().dlqSuffix());
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
        return target;
    }

    /** Scored tickets as JSON Lines; rejected records are only counted. */
    private static void writeLine(ScoringOutcome outcome, OutputStream file) throws IOException {
        if (outcome instanceof ScoringOutcome.Scored scored) {
            file.write(scored.json());
            file.write('\n');
        }
    }

    private ReplayDiff comparison(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) throws IOException {
        if (against == null) {
            Map<String, ReplayDiff.Labels> recorded = recorded(cluster, consumer);
            return new ReplayDiff(
                    cluster.names().scored(),
                    examples,
                    (record, now) ->
                            Optional.ofNullable(recorded.get(now.ticket().id())));
        }
        ScorerFactory other = ScorerFactory.load(cluster.settings(), Optional.of(against));
        RecordScorer scorer = newScorer(other);
        return new ReplayDiff(
                "model " + other.model().version(),
                examples,
                (record, now) -> Replay.score(scorer, record) instanceof ScoringOutcome.Scored before
                        ? Optional.of(ReplayDiff.Labels.of(before.ticket()))
                        : Optional.empty());
    }

    /** A scorer whose output is that of the running application. */
    private static RecordScorer newScorer(ScorerFactory scoring) {
        return new RecordScorer(scoring.newScorer(new ActiveModel(scoring.model()), scoring.outputOptions()));
    }

    /** What {@code tickets.scored} says last about each ticket since the range began. */
    private Map<String, ReplayDiff.Labels> recorded(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) {
        Map<String, ReplayDiff.Labels> recorded = new HashMap<>();
        // Few combinations of labels occur in many tickets.
        Map<ReplayDiff.Labels, ReplayDiff.Labels> same = new HashMap<>();
        TopicReader.readSince(consumer, cluster.names().scored(), range.since(), record -> {
            if (record.key() == null || record.value() == null) {
                return;
            }
            String id = new String(record.key(), UTF_8);
            try {
                ReplayDiff.Labels labels = ReplayDiff.Labels.of(ScoredRecord.read(record.value()));
                recorded.put(id, same.computeIfAbsent(labels, l -> l));
            } catch (IOException e) {
                recorded.remove(id);
            }
        });
        return recorded;
    }
}
