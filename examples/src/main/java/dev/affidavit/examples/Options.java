package dev.affidavit.examples;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the run was asked for.
 *
 * @param serve whether a person visits the shop instead of the traffic
 * @param port where the shop listens; 0 for any that is free
 * @param json whether the summary is JSON, and nothing else is printed
 */
record Options(Framework framework, Path directory, boolean serve, int port, boolean json, boolean help) {
    static final String HELP = """
            Usage: examples/run [options]

            Opens a web shop that audits itself, visits it over HTTP a few hundred times, prints the audit events as
            they are written, and checks that the file, the statistics and a syslog receiver all have the same events.

              --framework logback|log4j2   the logging framework (default: logback)
              --directory DIR              where the audit log is (default: log_files/security)
              --serve                      let a person visit the shop instead, with curl; until Enter is pressed
              --port N                     where the shop listens (default: 8080 with --serve, else any free port)
              --json                       print the summary only, as JSON
              --help                       print this

            Exit code: 0 the counts agree; 1 they do not; 2 the options are wrong; 3 the example could not be built
            or started, or the shop misbehaved.
            """;

    private static final int SERVE_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException naming the argument that is wrong */
    static Options parse(List<String> arguments) {
        Framework framework = Framework.LOGBACK;
        Path directory = Path.of("log_files", "security");
        boolean serve = false;
        boolean json = false;
        boolean help = false;
        Integer port = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--framework" -> framework = Framework.of(value(option, rest));
                case "--directory" -> directory = Path.of(value(option, rest));
                case "--serve" -> serve = true;
                case "--port" -> port = port(value(option, rest));
                case "--json" -> json = true;
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (port == null) {
            port = serve ? SERVE_PORT : 0;
        }
        return new Options(framework, directory, serve, port, json, help);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException("--port: expected 0 to 65535, found '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
