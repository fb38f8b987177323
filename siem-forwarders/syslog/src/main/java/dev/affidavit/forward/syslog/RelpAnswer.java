package dev.affidavit.forward.syslog;

import java.util.Arrays;

/**
 * What a receiver says of a transaction: three digits, a text, and what it offers if it was asked to open a session.
 *
 * @param data as it arrived
 */
record RelpAnswer(int transaction, String data) {
    /** The receiver's words are of use, but not without end. */
    private static final int MAX_TEXT = 200;

    boolean isPositive() {
        return data.startsWith("200");
    }

    /** The first line, for people. */
    String text() {
        String line = data.lines().findFirst().orElse("");
        return "'" + (line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line) + "'";
    }

    /** Whether the answer has a line {@code name=…} with this among the values. */
    boolean offers(String name, String value) {
        return data.lines()
                .filter(line -> line.startsWith(name + "="))
                .flatMap(line -> Arrays.stream(line.substring(name.length() + 1).split(",")))
                .anyMatch(offer -> offer.strip().equals(value));
    }
}
