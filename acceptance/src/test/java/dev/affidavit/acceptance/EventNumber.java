package dev.affidavit.acceptance;

/** The number of an event, which is in its line as the session id. */
final class EventNumber {
    private static final String BEFORE = "\"session_id\":\"n";

    private EventNumber() {}

    static String text(int number) {
        return "n" + number;
    }

    /** -1 if the line has none: it is one of the log's own. */
    static int in(String line) {
        int from = line.indexOf(BEFORE);
        if (from < 0) {
            return -1;
        }
        int begin = from + BEFORE.length();
        return Integer.parseInt(line, begin, line.indexOf('"', begin), 10);
    }
}
