package io.tickettriage.cli.audit;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.ClusterCommand;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage audit}: what happened to one ticket. */
@Command(
        name = "audit",
        description = {
            "Tells what happened to one ticket: each prediction with its model, queue and reasons, each correction that was "
                    + "submitted, and the example they became.",
            "%nIt reads tickets.scored, the queues, the dead-letter topic and both topics of corrections from one end to the "
                    + "other, committed records only; what their retention has removed is not told. --since reads less. "
                    + "Whether a submission is valid is judged by today's taxonomy."
        },
        footer = {"", "Example:", "  triage audit T-1 --bootstrap localhost:9092"})
public final class AuditCommand extends ClusterCommand {
    @Parameters(paramLabel = "ID", description = "The ticket's id; of a text without one, text-… as submit prints it.")
    private String id;

    @Option(names = "--since", paramLabel = "TIME", description = "Read only what came since, as 2026-11-20T10:00:00Z.")
    private Instant since = Instant.EPOCH;

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        TopicNames names = cluster.names();
        cluster.requireTopics(names, List.of(names.scored()));
        Optional<AuditReport> report =
                cluster.withConsumer(consumer -> new AuditTrail(cluster, consumer, id, since).read());
        output.print(report.orElseThrow(() -> new CommandFailedException(
                "nothing is known about ticket \"" + AuditReport.name(id) + "\" in " + names.scored() + ", the queues, "
                        + names.dlq() + ", " + names.correctionsSubmitted() + " and " + names.corrections()
                        + "; a ticket that was sent without an id has the record's key as its id, or " + names.raw()
                        + "-<partition>-<offset>")));
        return 0;
    }
}
