package io.tickettriage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.audit.AuditCommand;
import io.tickettriage.cli.benchmark.BenchmarkCommand;
import io.tickettriage.cli.corrections.CorrectionsCommand;
import io.tickettriage.cli.demo.DemoCommand;
import io.tickettriage.cli.demo.LoopDemoCommand;
import io.tickettriage.cli.learn.LearnCommand;
import io.tickettriage.cli.models.ModelCommand;
import io.tickettriage.cli.replay.ReplayCommand;
import io.tickettriage.cli.run.BrokerCommand;
import io.tickettriage.cli.run.RunCommand;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.tickets.PredictCommand;
import io.tickettriage.cli.tickets.ProduceCommand;
import io.tickettriage.cli.tickets.TailCommand;
import io.tickettriage.cli.topics.TopicsCommand;
import io.tickettriage.cli.training.DatasetsCommand;
import io.tickettriage.cli.training.EvaluateCommand;
import io.tickettriage.cli.training.SynthesizeCommand;
import io.tickettriage.cli.training.TrainCommand;
import io.tickettriage.cli.verify.VerifyCommand;
import io.tickettriage.format.VisibleText;
import io.tickettriage.logging.Log;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The {@code triage} program: the root of all commands. */
@Command(
        name = "triage",
        description =
                "Routes support tickets with a tiny neural network on Kafka Streams, and learns from corrections.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Triage.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, or a gate refused", "2:wrong usage"},
        subcommands = {
            DemoCommand.class,
            LoopDemoCommand.class,
            RunCommand.class,
            PredictCommand.class,
            ProduceCommand.class,
            TailCommand.class,
            CorrectionsCommand.class,
            AuditCommand.class,
            ReplayCommand.class,
            TopicsCommand.class,
            BrokerCommand.class,
            DatasetsCommand.class,
            SynthesizeCommand.class,
            TrainCommand.class,
            LearnCommand.class,
            EvaluateCommand.class,
            ModelCommand.class,
            BenchmarkCommand.class,
            VerifyCommand.class
        })
public final class Triage {
    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Triage.class.getPackage().getImplementationVersion();
            return new String[] {"triage " + (version == null ? "(development)" : version)};
        }
    }

    /** Runs the command that {@code args} name and exits with its code. */
    public static void main(String[] args) {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
        int exitCode = commandLine().execute(args);
        Log.close();
        System.exit(exitCode);
    }

    public static CommandLine commandLine() {
        return new CommandLine(new Triage())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Triage::fail);
    }

    private static int fail(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof CommandFailedException || e instanceof IOException) {
            command.getErr().println(VisibleText.lines(name + ": " + e.getMessage()));
        } else {
            command.getErr().println(VisibleText.lines(name + ": unexpected " + e + "; the log has the details"));
            LoggerFactory.getLogger(Triage.class).error("{} failed", name, e);
        }
        return 1;
    }
}
