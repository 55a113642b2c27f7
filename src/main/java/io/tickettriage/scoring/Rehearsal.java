package io.tickettriage.scoring;

import static io.tickettriage.scoring.OutputOptions.For.ALL;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Explanation;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs a model through the whole scorer before it scores a customer's ticket: with the rules and templates that serve and
 * every part of the output, over tickets of its own and over {@link Probe#builtIn()}. Safe for use by several threads.
 */
public final class Rehearsal {
    /** What a ticket may take: a transaction of Kafka Streams may last 5 s. */
    private static final Duration SLOWEST = Duration.ofSeconds(3);

    private static final double SUM_TOLERANCE = 1e-3;

    private final Rules rules;
    private final Templates templates;
    private final LongSupplier nanoTime;

    public Rehearsal(Rules rules, Templates templates) {
        this(rules, templates, System::nanoTime);
    }

    Rehearsal(Rules rules, Templates templates, LongSupplier nanoTime) {
        this.rules = rules;
        this.templates = templates;
        this.nanoTime = nanoTime;
    }

    /**
     * Why a model must not score, empty if it may. It names what the rules ask and the model does not have, or the probe, the
     * head and the number.
     */
    public Optional<String> problem(TicketModel model, List<Probe> own) {
        List<String> misfits = rules.problems(model);
        if (!misfits.isEmpty()) {
            return Optional.of(String.join("; ", misfits));
        }
        OutputOptions everything = new OutputOptions(true, ALL, ALL, false);
        TicketScorer scorer = new TicketScorer(
                new ActiveModel(model), new TicketDecoder(Probe.MAX_BYTES), rules, templates, everything);
        for (List<Probe> probes : List.of(own, Probe.builtIn())) {
            for (Probe probe : probes) {
                Optional<String> problem = problem(scorer, probe);
                if (problem.isPresent()) {
                    return problem.map(found -> "rehearsal, \"" + probe.name() + "\": " + found);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(TicketScorer scorer, Probe probe) {
        RawTicket ticket = RawTicket.ofJson(probe.ticket(), "rehearsal", 0);
        try {
            Run run = run(scorer, ticket);
            if (run.isTooSlow()) {
                // The first run may wait for the compiler, or for another process.
                run = run(scorer, ticket);
            }
            return run.isTooSlow()
                    ? Optional.of("takes " + run.took().toMillis() + " ms, the limit is " + SLOWEST.toMillis())
                    : problem(run.outcome());
        } catch (RuntimeException e) { // Whatever scoring throws would end the role.
            return Optional.of("scoring fails: " + e);
        }
    }

    private record Run(ScoringOutcome outcome, Duration took) {
        boolean isTooSlow() {
            return took.compareTo(SLOWEST) > 0;
        }
    }

    private Run run(TicketScorer scorer, RawTicket ticket) {
        long start = nanoTime.getAsLong();
        ScoringOutcome outcome = scorer.score(ticket);
        return new Run(outcome, Duration.ofNanos(nanoTime.getAsLong() - start));
    }

    private static Optional<String> problem(ScoringOutcome outcome) {
        if (outcome instanceof ScoringOutcome.Rejected rejected) {
            return Optional.of("is rejected: " + rejected.ticket().reason() + ": "
                    + rejected.ticket().detail());
        }
        ScoringOutcome.Scored scored = (ScoringOutcome.Scored) outcome;
        return scored.ticket().prediction().heads().stream()
                .flatMap(answer -> scoreProblem(answer).stream())
                .findFirst()
                .or(() -> explanationProblem(scored.ticket().explanation()))
                .or(() -> jsonProblem(scored));
    }

    private static Optional<String> scoreProblem(HeadPrediction answer) {
        Head head = answer.head();
        double sum = 0;
        for (int k = 0; k < answer.scores().length; k++) {
            float score = answer.scores()[k];
            if (!(score >= 0 && score <= 1)) {
                return Optional.of(
                        "head " + head.name() + ": " + head.labels().get(k) + " scores " + score + ", expected 0 to 1");
            }
            sum += score;
        }
        // The rest is the score of none of the labels.
        double least = head.activation() == Activation.SOFTMAX_OR_OTHER ? 0 : 1;
        return sum >= least - SUM_TOLERANCE && sum <= 1 + SUM_TOLERANCE
                ? Optional.empty()
                : Optional.of("head " + head.name() + ": the scores add up to " + sum + ", expected 1");
    }

    private static Optional<String> explanationProblem(List<Explanation> explanations) {
        for (Explanation explanation : explanations) {
            for (Explanation.Term term : explanation.terms()) {
                if (!Float.isFinite(term.weight())) {
                    return Optional.of("head " + explanation.head() + ": the term \"" + term.term() + "\" weighs "
                            + term.weight() + ", expected a number");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> jsonProblem(ScoringOutcome.Scored scored) {
        try {
            JsonNode json = Json.MAPPER.readTree(scored.json());
            return scored.ticket().prediction().heads().stream()
                    .map(answer -> answer.head().name())
                    .filter(head -> !json.path("prediction")
                            .path(head)
                            .path("confidence")
                            .isNumber())
                    .findFirst()
                    .map(head -> "head " + head + " is missing in the JSON that was written");
        } catch (IOException e) {
            return Optional.of("the JSON that was written cannot be read: " + e.getMessage());
        }
    }
}
