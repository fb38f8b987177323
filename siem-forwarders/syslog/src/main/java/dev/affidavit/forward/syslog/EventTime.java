package dev.affidavit.forward.syslog;

/** The form of a time that all receivers read: at most six fraction digits, no leap second, {@code T} and {@code Z}. */
final class EventTime {
    private static final String SECOND = "0000-00-00T00:00:00";
    private static final int MAX_FRACTION = 6;

    private EventTime() {}

    /** By hand, since each line has one: a regular expression takes as long as all the rest of a header. */
    static boolean isReadByAll(String text) {
        return hasSecond(text) && hasEnd(text);
    }

    private static boolean hasSecond(String text) {
        if (text.length() <= SECOND.length()) {
            return false;
        }
        for (int i = 0; i < SECOND.length(); i++) {
            char form = SECOND.charAt(i);
            if (form == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != form) {
                return false;
            }
        }
        return isWithin(text, 5, 1, 12)
                && isWithin(text, 8, 1, 31)
                && isWithin(text, 11, 0, 23)
                && isWithin(text, 14, 0, 59)
                && isWithin(text, 17, 0, 59);
    }

    /** Of two digits. */
    private static boolean isWithin(String text, int at, int least, int most) {
        int number = 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
        return number >= least && number <= most;
    }

    private static boolean hasEnd(String text) {
        int at = SECOND.length();
        if (text.charAt(at) == '.') {
            int fraction = ++at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            if (at == fraction || at > fraction + MAX_FRACTION) {
                return false;
            }
        }
        return at == text.length() - 1 && text.charAt(at) == 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
