package dev.affidavit.benchmarks.forwarding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the command line asks for. */
record Settings(int events, int repetitions, boolean json, List<Contender> contenders) {
    static final String USAGE =
            """
            Usage: benchmarks/forwarding/run [--events N] [--repetitions N] [--only NAME,NAME] [--json]

            Carries the same events (300000) through each destination, and through rsyslog (imfile to omrelp), to a receiver on
            this machine, so many times (3), and prints events per second and per second of the sender's CPU.

            Exit status: 0 all events arrived, 1 some did not or a receiver is missing, 2 the command line is wrong.
            Names: %s
            """.formatted(String.join(", ", ForwardingBenchmark.contenders().keySet()));

    static Settings parse(List<String> arguments) {
        int events = 300_000;
        int repetitions = 3;
        boolean json = false;
        Map<String, Contender> all = ForwardingBenchmark.contenders();
        List<Contender> chosen = new ArrayList<>(all.values());
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--events" -> events = number(arguments, ++i);
                case "--repetitions" -> repetitions = number(arguments, ++i);
                case "--json" -> json = true;
                case "--only" -> chosen = chosen(all, value(arguments, ++i));
                default -> throw new IllegalArgumentException("unknown option " + arguments.get(i) + "; see --help");
            }
        }
        return new Settings(events, repetitions, json, chosen);
    }

    private static List<Contender> chosen(Map<String, Contender> all, String names) {
        List<Contender> chosen = new ArrayList<>();
        for (String name : Arrays.asList(names.split(",", -1))) {
            Contender contender = all.get(name);
            if (contender == null) {
                throw new IllegalArgumentException(
                        "--only: expected some of %s, found '%s'".formatted(all.keySet(), name));
            }
            chosen.add(contender);
        }
        return chosen;
    }

    private static int number(List<String> arguments, int index) {
        String text = value(arguments, index);
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "%s: expected a whole number above 0, found '%s'".formatted(arguments.get(index - 1), text));
        }
        return Integer.parseInt(text);
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(index - 1) + ": expected a value, found none");
        }
        return arguments.get(index);
    }
}
