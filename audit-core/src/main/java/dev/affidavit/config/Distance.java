package dev.affidavit.config;

import java.util.Locale;

/** How alike two option names are. */
final class Distance {
    private static final int MOST_EDITS_OF_A_TYPO = 2;

    private Distance() {}

    /** Whether one name is the other but for case or two letters, of which most are not. */
    static boolean isTypo(String known, String found) {
        return between(known, found) <= Math.min(MOST_EDITS_OF_A_TYPO, known.length() / 3);
    }

    /** How many letters to replace, insert or remove, whatever their case (Levenshtein). */
    static int between(String known, String found) {
        String a = known.toLowerCase(Locale.ROOT);
        String b = found.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
