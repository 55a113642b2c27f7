package io.tickettriage.desk.web;

import io.tickettriage.desk.DeskStats.Vitals;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import java.util.function.Supplier;

/**
 * What the routes need besides the desk itself.
 *
 * @param taxonomy the labels that a correction may name
 * @param model the one in force
 * @param vitals what the process measures of itself
 * @param learnCommand empty where there is none
 * @param version of the program
 */
public record DeskServices(
        Access access,
        Taxonomy taxonomy,
        Supplier<TicketModel> model,
        Scorer scorer,
        Supplier<Vitals> vitals,
        String learnCommand,
        String version) {

    /** Scores a ticket that is on no topic, with everything there is to say about it. For use by several threads. */
    public interface Scorer {
        Tried score(byte[] ticket);
    }

    /** What becomes of such a ticket. */
    public sealed interface Tried {
        /** The scored ticket of the contract. */
        record Scored(byte[] json) implements Tried {}

        /** It is no ticket; the reason is one of the contract. */
        record Rejected(String reason, String detail) implements Tried {}
    }
}
