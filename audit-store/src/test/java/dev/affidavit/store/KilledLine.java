package dev.affidavit.store;

/** A line of a process that was killed. */
record KilledLine(int round, int thread, int number) {

    static String text(int round, int thread, int number, int length) {
        return "%d %d %d %d".formatted(round, thread, number, length);
    }

    /** @throws AssertionError if it is no whole line */
    static KilledLine parse(String line) {
        String[] words = line.split(" ", -1);
        CrashedLog.require(
                words.length == 5 && line.length() + 1 == Integer.parseInt(words[3]) && words[4].matches("x*"),
                "a whole line, found " + line.substring(0, Math.min(line.length(), 200)));
        return new KilledLine(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
}
