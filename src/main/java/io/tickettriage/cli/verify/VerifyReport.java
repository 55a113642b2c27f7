package io.tickettriage.cli.verify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.verify.Verdict;
import io.tickettriage.verify.history.Violation;
import java.util.Locale;
import java.util.TreeMap;

/** A verdict as it is printed. */
record VerifyReport(@JsonUnwrapped Verdict verdict) implements Report {
    @Override
    public void print(Page page) {
        Page.Table sent = page.table();
        sent.row("tickets sent", verdict.tickets());
        sent.row("routed", verdict.routed());
        sent.row("rejected", verdict.rejected());
        sent.row("passed by unread", verdict.quarantined());
        sent.row("corrections submitted", verdict.submissions());
        sent.row("examples written", verdict.corrections());
        sent.row("sends that failed", verdict.unsent());
        sent.row("processes that ended unasked", verdict.unexpectedExits());
        sent.row("longest time without progress", seconds(verdict.secondsWithoutProgress()));
        sent.row("slowest ticket", seconds(verdict.slowestTicketSeconds()));
        sent.print();
        page.line();
        Page.Table faults = page.table("fault", "times");
        new TreeMap<>(verdict.faults()).forEach((kind, times) -> faults.row(kind.title(), times));
        faults.print();
        page.line();
        Page.Table promises = page.table("violation", "found");
        verdict.counts().forEach((kind, found) -> promises.row(title(kind), found));
        promises.print();
        page.line();
        for (Violation violation : verdict.violations()) {
            page.line(title(violation.kind()) + ": " + violation.where() + ": " + violation.detail());
        }
        page.line((verdict.isClean() ? "every promise was kept" : "promises were broken") + "; again: "
                + verdict.command());
        if (!verdict.directory().isEmpty()) {
            page.line("data and logs: " + verdict.directory());
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String title(Violation.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
