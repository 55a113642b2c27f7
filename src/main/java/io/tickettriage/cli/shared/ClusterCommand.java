package io.tickettriage.cli.shared;

import picocli.CommandLine.Mixin;

/** A command that works on a cluster and prints reports. */
public abstract class ClusterCommand extends TriageCommand {
    @Mixin
    protected KafkaOptions kafka;

    @Mixin
    protected OutputFormat output;
}
