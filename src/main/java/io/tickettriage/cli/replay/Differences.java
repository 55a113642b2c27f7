package io.tickettriage.cli.replay;

import io.tickettriage.cli.shared.Page;
import java.util.List;
import java.util.SortedMap;

/**
 * What would change: of how many tickets that both sides predicted, of which the earlier prediction is missing, and how.
 *
 * @param against what gave the earlier predictions, for people
 * @param heads heads of which a label changes
 */
record Differences(
        String against, long compared, long differ, long missing, SortedMap<String, Changes> heads, Changes queue) {

    /** All changes of one head, or of the queue, the most frequent first. */
    record Changes(long changed, List<Change> changes) {}

    /** What turns into what, how often, and some of the tickets. */
    record Change(String from, String to, long n, List<Example> examples) {}

    /** A ticket, cut to fit a line. */
    record Example(String id, String text) {}

    void print(Page page) {
        page.line(
                "compared with %s: %d of %d tickets change%s",
                against, differ, compared, missing == 0 ? "" : "; " + missing + " more are not there to compare with");
        heads.forEach((head, changes) -> print(page, head, changes));
        print(page, "queue", queue);
    }

    private void print(Page page, String what, Changes changes) {
        if (changes.changed() == 0) {
            return;
        }
        page.line();
        page.line("%s: %d of %d change", what, changes.changed(), compared);
        for (Change change : changes.changes()) {
            page.line("  %s -> %s: %d", change.from(), change.to(), change.n());
            change.examples().forEach(example -> page.line("    " + example.id() + "  " + example.text()));
        }
    }
}
