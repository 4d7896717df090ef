package dev.keywright.benchmarks.result;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Results as Markdown, with what they depend on. */
public final class ResultTable {

    private ResultTable() {}

    /** The table, ready to be pasted. */
    public static String of(List<ResultLine> lines) {
        StringBuilder table = new StringBuilder(Machine.text())
                .append(", ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append("\n\n| | figure | floor | ratio or value | limit | |\n|---|---|---|---|---|---|\n");
        lines.forEach(line -> table.append(line.row()).append('\n'));
        return table.toString();
    }
}
