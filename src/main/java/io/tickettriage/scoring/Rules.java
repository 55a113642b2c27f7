package io.tickettriage.scoring;

import io.tickettriage.format.Yaml;
import io.tickettriage.message.Routing;
import io.tickettriage.model.Head;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.LabelProblem;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The business rules, asked from top to bottom before the model's thresholds; the first that matches decides. */
public final class Rules {
    private final List<Rule> rules;
    private final String source;
    private final String yaml;

    private record File(List<Rule> rules) {}

    private Rules(List<Rule> rules, String source, String yaml) {
        this.rules = List.copyOf(rules);
        this.source = source;
        this.yaml = yaml;
    }

    /** Reads rules from text that came from {@code source}; the error of a bad one names file, line and reason. */
    public static Rules parse(String yaml, String source) throws IOException {
        List<Rule> rules =
                Yaml.readOptional(yaml, source, File.class).map(File::rules).orElse(List.of());
        Rules read = new Rules(rules, source, yaml);
        Set<String> names = new HashSet<>();
        for (Rule rule : read.rules) {
            if (!names.add(rule.name())) {
                throw new IOException(read.at(rule) + "there are two rules \"" + rule.name() + "\"");
            }
        }
        return read;
    }

    Optional<Rule> firstMatch(Ticket ticket, Prediction prediction) {
        return rules.stream().filter(rule -> rule.matches(ticket, prediction)).findFirst();
    }

    /** What these rules name that a model or its queues do not have; empty if they fit. */
    public List<String> problems(TicketModel model) {
        List<String> departments = model.routingHead().labels();
        List<String> problems = new ArrayList<>();
        for (Rule rule : rules) {
            String queue = rule.then().queue();
            if (!queue.equals(Routing.REVIEW) && !departments.contains(queue)) {
                problems.add(at(rule) + "there is no queue \"" + queue + "\" (known: " + departments + " and review)");
            }
            for (String head : rule.when().heads()) {
                labelProblems(model, head, rule.when().labels().getOrDefault(head, List.of()))
                        .forEach(problem -> problems.add(at(rule) + problem.message()));
            }
        }
        return problems;
    }

    private static Stream<LabelProblem> labelProblems(TicketModel model, String name, List<String> labels) {
        for (Head head : model.heads()) {
            if (head.name().equals(name)) {
                return labels.stream().flatMap(label -> LabelProblem.of(name, head.labels(), label).stream());
            }
        }
        return Stream.of(new LabelProblem.UnknownHead(
                name, model.heads().stream().map(Head::name).toList()));
    }

    private String at(Rule rule) {
        int place = yaml.indexOf(rule.name());
        long line = 1 + yaml.substring(0, Math.max(0, place)).lines().count();
        boolean startsLine = place <= 0 || yaml.charAt(place - 1) == '\n';
        return source + ":" + (startsLine ? line : line - 1) + ": rule \"" + rule.name() + "\": ";
    }
}
