package io.tickettriage.cli.shared;

import io.tickettriage.format.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/**
 * Text for a person: lines and tables, the same in every locale. What other people wrote may be in any of it: it is made
 * visible, so that it can neither forge a line nor give the terminal orders.
 */
public record Page(PrintWriter out) {
    private static final int GAP = 2;

    public void line(String text) {
        out.println(VisibleText.line(text));
    }

    /** Writes a text that has lines of its own. */
    public void lines(String text) {
        out.println(VisibleText.lines(text));
    }

    /** Writes a line with our own colours in it; everything else in it must be fit for a terminal already. */
    public void coloured(String text) {
        out.println(text);
    }

    public void line() {
        out.println();
    }

    /** Writes a line by a format of {@link java.util.Formatter}. */
    public void line(String format, Object... arguments) {
        line(String.format(Locale.ROOT, format, arguments));
    }

    /** A table whose columns are as wide as their widest cell; no headers for none. */
    public Table table(String... headers) {
        return new Table(headers);
    }

    /** Rows under common columns, written by {@link #print}. Cells with numbers are set flush right. */
    public final class Table {
        private final List<String[]> rows = new ArrayList<>();

        private Table(String... headers) {
            if (headers.length > 0) {
                rows.add(headers);
            }
        }

        /** Adds a row; each has as many cells. */
        public void row(Object... cells) {
            rows.add(Arrays.stream(cells)
                    .map(String::valueOf)
                    .map(VisibleText::line)
                    .toArray(String[]::new));
        }

        public void print() {
            if (rows.isEmpty()) {
                return;
            }
            int columns = rows.get(0).length;
            Column[] layout = IntStream.range(0, columns)
                    .mapToObj(c -> new Column(width(c) + GAP, 0, Column.Overflow.SPAN))
                    .toArray(Column[]::new);
            TextTable table = TextTable.forColumns(Help.defaultColorScheme(Help.Ansi.OFF), layout);
            for (String[] row : rows) {
                table.addRowValues(IntStream.range(0, columns)
                        .mapToObj(c -> isNumeric(c) ? " ".repeat(width(c) - length(row[c])) + row[c] : row[c])
                        .toArray(String[]::new));
            }
            table.toString().lines().map(String::stripTrailing).forEach(out::println);
        }

        private int width(int column) {
            return rows.stream().mapToInt(row -> length(row[column])).max().orElse(0);
        }

        private boolean isNumeric(int column) {
            return rows.stream().skip(1).allMatch(row -> row[column].matches("[-+]?[0-9.,]+ ?[%A-Za-z/µ]{0,5}|"));
        }

        private static int length(String cell) {
            return cell.codePointCount(0, cell.length());
        }
    }
}
