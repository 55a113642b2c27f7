package io.tickettriage.cli.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.InputLines;
import io.tickettriage.cli.shared.SettingsOptions;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.format.Json;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectedTicket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage predict}: scores tickets without Kafka. */
@Command(
        name = "predict",
        description =
                "Scores tickets as the application would and prints one scored ticket a line, in the order of the input.",
        footer = {
            "%nA line that is no ticket prints {\"rejected\": {\"reason\", \"detail\"}, \"line\"} in its place, and the exit code is 1.",
            "%nExamples:",
            "  triage predict where is my refund --explain",
            "  triage predict - < tickets.jsonl > scored.jsonl"
        })
public final class PredictCommand extends TriageCommand {
    @Mixin
    private SettingsOptions settings;

    @Option(names = "--model", paramLabel = "FILE", description = "The artifact (default: the one in the program).")
    private @Nullable Path model;

    @Option(names = "--explain", description = "Add the terms that decided, and the texts for people.")
    private boolean explain;

    @Option(names = "--debug", description = "Add how the network saw the text.")
    private boolean debug;

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "The text, or - for JSON Lines on standard input.")
    private List<String> words;

    @Override
    public Integer call() throws IOException {
        ScorerFactory scoring = ScorerFactory.load(settings.load(), Optional.ofNullable(model));
        OutputOptions.For explained = explain ? OutputOptions.For.ALL : OutputOptions.For.NONE;
        TicketScorer scorer = scoring.newScorer(
                new ActiveModel(scoring.model()), new OutputOptions(true, explained, explained, debug));
        if (!words.equals(List.of("-"))) {
            byte[] ticket = Json.bytes(Map.of("text", String.join(" ", words)));
            return score(scorer, ticket, 1) ? 0 : 1;
        }
        AtomicBoolean accepted = new AtomicBoolean(true);
        InputLines.forEach(System.in, scoring.config().maxTicketBytes(), line -> {
            if (!score(scorer, line.bytes(), line.number())) {
                accepted.set(false);
            }
        });
        return accepted.get() ? 0 : 1;
    }

    /** What is printed in place of a line that is no ticket. */
    private record RejectedLine(RejectedTicket rejected, long line) {}

    private boolean score(TicketScorer scorer, byte[] ticket, long line) {
        ScoringOutcome outcome = scorer.score(RawTicket.ofJson(ticket, "line", line));
        if (outcome instanceof ScoringOutcome.Scored scored) {
            out().println(new String(scored.json(), UTF_8));
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            out().println(Json.text(new RejectedLine(rejected.ticket(), line)));
        }
        return outcome instanceof ScoringOutcome.Scored;
    }
}
