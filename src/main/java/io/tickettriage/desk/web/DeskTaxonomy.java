package io.tickettriage.desk.web;

import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import java.util.List;
import java.util.Optional;

/**
 * The questions and their possible answers, for the page: the model's heads in its order, with the labels that a correction
 * may name.
 */
record DeskTaxonomy(Model model, String routingHead, List<PageHead> heads) {
    record Model(String version, String sha256) {}

    /**
     * A head.
     *
     * @param correctable whether people can give its label: the taxonomy has it
     * @param threshold the confidence below which a person decides; empty where it never sends a ticket to review
     */
    record PageHead(
            String name,
            List<String> labels,
            boolean routing,
            boolean review,
            boolean correctable,
            Optional<Float> threshold) {}

    static DeskTaxonomy of(TicketModel model, Taxonomy taxonomy) {
        List<PageHead> heads =
                model.heads().stream().map(head -> of(head, taxonomy)).toList();
        return new DeskTaxonomy(
                new Model(model.version(), model.sha256()),
                model.routingHead().name(),
                heads);
    }

    private static PageHead of(Head head, Taxonomy taxonomy) {
        Optional<Taxonomy.HeadSpec> known = taxonomy.heads().stream()
                .filter(spec -> spec.name().equals(head.name()))
                .findFirst();
        boolean review = head.roles().review();
        return new PageHead(
                head.name(),
                known.map(Taxonomy.HeadSpec::labels).orElse(head.labels()),
                head.roles().routing(),
                review,
                known.isPresent(),
                review && head.reviewThreshold() > 0 ? Optional.of(head.reviewThreshold()) : Optional.empty());
    }
}
