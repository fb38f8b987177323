package dev.affidavit.config;

import java.util.Locale;

/** How alike two option names are. */
final class Distance {
    private static final int MOST_EDITS_OF_A_TYPO = 2;

    private Distance() {}

    /** Whether one name is the other but for case or two letters, of which most are not. */
    static boolean isTypo(String known, String found) {
        return Math.abs(known.length() - found.length()) <= MOST_EDITS_OF_A_TYPO // a name can be as long as a file
                && between(known, found) <= Math.min(MOST_EDITS_OF_A_TYPO, known.length() / 3);
    }

    /** How many letters to replace, insert, remove or swap with the next, whatever their case (Damerau). */
    static int between(String known, String found) {
        String a = known.toLowerCase(Locale.ROOT);
        String b = found.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int fewest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, 1 + edits[i - 2][j - 2]) : fewest;
    }
}
