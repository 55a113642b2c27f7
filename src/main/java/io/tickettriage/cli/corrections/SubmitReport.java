package io.tickettriage.cli.corrections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import java.util.List;

/**
 * What was sent, and what was wrong.
 *
 * @param sent how many submissions
 * @param tickets the tickets they are about, in order
 * @param printTickets whether people see the tickets' ids: the one of a text is made from the text
 */
record SubmitReport(
        int sent,
        List<String> tickets,
        List<SubmissionLine.Invalid> invalid,
        @JsonIgnore boolean printTickets) implements Report {

    @Override
    public void print(Page page) {
        if (printTickets) {
            tickets.forEach(page::line);
        }
    }
}
