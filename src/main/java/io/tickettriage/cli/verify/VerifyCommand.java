package io.tickettriage.cli.verify;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.verify.Verdict;
import io.tickettriage.verify.Verification;
import io.tickettriage.verify.VerifyOptions;
import io.tickettriage.verify.cluster.Installation;
import io.tickettriage.verify.cluster.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code triage verify}: one history of faults, and whether every promise was kept. */
@Command(
        name = "verify",
        description = {
            "Runs brokers and instances as processes, breaks things meanwhile, and judges what came out.",
            "%nIt kills, pauses and cuts off brokers and instances, fills disks, adds instances, sends hostile records "
                    + "to every topic and swaps models, all drawn from one seed. Then it judges what is on the topics: "
                    + "each ticket once in its own queue, in order, reproducible from the model it names, and every "
                    + "correction as its submissions say. The exit code is 1 where a promise was broken; data and logs "
                    + "are then kept."
        },
        footer = {"", "Example:", "  triage verify --seed 7 --duration 3m"})
public final class VerifyCommand extends TriageCommand {
    @Mixin
    private OutputFormat output;

    @Option(names = "--seed", paramLabel = "N", description = "What is drawn from (default: another each time).")
    private @Nullable Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long there are tickets and faults, as in 90s, 3m, 1h (3m).")
    private Duration duration = Duration.ofMinutes(3);

    @Option(names = "--brokers", paramLabel = "N", description = "How many brokers, from 3 (${DEFAULT-VALUE}).")
    private int brokers = 3;

    @Option(names = "--instances", paramLabel = "N", description = "How many instances (${DEFAULT-VALUE}).")
    private int instances = 3;

    @Option(names = "--spare", paramLabel = "N", description = "The first N instances are never ended or paused (0).")
    private int spared;

    @Option(names = "--rate", paramLabel = "N", description = "Tickets per second (${DEFAULT-VALUE}).")
    private int ticketsPerSecond = 100;

    @Option(
            names = "--group-protocol",
            paramLabel = "NAME",
            description = "classic or streams (triage.group.protocol; ${DEFAULT-VALUE}).")
    private Protocol protocol = Protocol.classic;

    @Option(
            names = "--upgrade-from",
            paramLabel = "HOME",
            description = "Where an earlier build is, with which the instances begin; they are upgraded one by one.")
    private @Nullable Path upgradeFrom;

    @Option(names = "--keep", paramLabel = "DIR", description = "Where data and logs are kept (default: deleted).")
    private @Nullable Path keep;

    /** As Kafka names them. */
    private enum Protocol {
        classic,
        streams
    }

    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("\"" + text + "\" is no time such as 90s, 3m or 1h");
            }
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (brokers < 3 || instances < 1 || ticketsPerSecond < 1 || spared < 0 || spared >= instances) {
            throw wrongUsage("there must be 3 brokers, 1 instance and 1 ticket per second at least, "
                    + "and an instance that is not spared");
        }
        Optional<Installation> earlier =
                upgradeFrom == null ? Optional.empty() : Optional.of(Installation.at(upgradeFrom));
        // What clients say while brokers are broken on purpose is no news.
        ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(Level.ERROR);
        Path directory = keep == null ? Files.createTempDirectory("triage-verify-") : keep.toAbsolutePath();
        VerifyOptions options = new VerifyOptions(
                seed == null ? new Random().nextInt(1_000_000) : seed,
                duration,
                brokers,
                instances,
                spared,
                ticketsPerSecond,
                protocol.name(),
                directory,
                earlier);
        err().println("seed " + options.seed() + ", data and logs in " + directory);
        Verdict verdict = verification().run(options);
        boolean deleted = keep == null && verdict.isClean();
        if (deleted) {
            Utils.delete(directory.toFile());
        }
        output.print(new VerifyReport(deleted ? verdict.withoutDirectory() : verdict));
        return verdict.isClean() ? 0 : 1;
    }

    /** Scores again as the instances do: with the configuration that they read. */
    private Verification verification() throws IOException {
        Settings settings = Settings.read(
                ConfigFiles.read("config/triage.properties", SettingsFile::read), System.getenv(), List.of());
        ScorerFactory scoring = ScorerFactory.load(settings, Optional.empty());
        Taxonomy taxonomy =
                ConfigFiles.read(settings.get(CorrectionsConfig.class).taxonomyFile(), Taxonomy::read);
        return new Verification(
                Program.running(spec().root().userObject().getClass().getName()),
                taxonomy,
                new CorrectionDecoder(taxonomy, scoring.config().maxTicketBytes()),
                model -> new RecordScorer(scoring.newScorer(new ActiveModel(model), scoring.outputOptions())),
                err()::println);
    }
}
