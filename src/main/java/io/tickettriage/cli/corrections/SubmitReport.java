package io.tickettriage.cli.corrections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import java.util.List;

/** What was sent, about which tickets in order, and what was wrong; people see ids only where options made them. */
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
