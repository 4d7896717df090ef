package dev.keywright.bootstrap;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody probably meant: the name that the fewest edits lead to. */
final class Nearest {

    private Nearest() {}

    /** Whatever the case of the letters. */
    static String to(String misspelt, Collection<String> known) {
        String upper = misspelt.toUpperCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> edits(upper, name.toUpperCase(Locale.ROOT))))
                .orElseThrow();
    }

    /** Insertions, deletions and replacements that turn one text into the other (Levenshtein distance). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[row.length - 1];
    }
}
