package dev.affidavit.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Calls and faults, and how many runs came to which end. What several tests ran gathers in one directory. */
final class FaultMatrix {
    private static final Path DIRECTORY = Path.of("target", "fault-matrix");
    private static final String ROWS = ".properties";
    private static final String MISSED = "missed-";
    private static final String VIOLATIONS = "violations-";

    private FaultMatrix() {}

    /** Adds cells to a row, in place of earlier ones. */
    static void add(String name, List<FaultOutcome> outcomes) throws IOException {
        Files.createDirectories(DIRECTORY);
        Path file = DIRECTORY.resolve(name.replace(' ', '-') + ROWS);
        Properties row = Files.exists(file) ? read(file) : new Properties();
        for (Fault.Kind kind : Fault.Kind.values()) {
            List<FaultOutcome> all = outcomes.stream()
                    .filter(outcome -> outcome.fault().kind() == kind)
                    .toList();
            List<FaultOutcome> met = all.stream().filter(FaultOutcome::met).toList();
            if (!all.isEmpty()) {
                row.setProperty(kind.name(), cell(met));
                row.setProperty(MISSED + kind, Integer.toString(all.size() - met.size()));
                row.setProperty(
                        VIOLATIONS + kind,
                        Long.toString(all.stream()
                                .filter(outcome -> !outcome.violations().isEmpty())
                                .count()));
            }
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            row.store(out, name);
        }
    }

    /** Runs, and of these: unaffected, said, told, recovered. */
    private static String cell(List<FaultOutcome> met) {
        List<String> numbers = new ArrayList<>();
        for (FaultOutcome.How how : FaultOutcome.How.values()) {
            numbers.add(Long.toString(
                    met.stream().filter(outcome -> outcome.how() == how).count()));
        }
        return "%d: %s".formatted(met.size(), String.join("/", numbers));
    }

    /** All rows so far, written to a file beside them too. */
    static String table() throws IOException {
        StringBuilder table = new StringBuilder("runs: unaffected/said/told/recovered\n| %-18s".formatted("call"));
        for (Fault.Kind kind : Fault.Kind.values()) {
            table.append(" | %-16s".formatted(kind));
        }
        table.append(" | missed | violations |\n");
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.filter(each -> each.toString().endsWith(ROWS))
                    .sorted()
                    .toList()) {
                appendRow(table, file.getFileName().toString().replace(ROWS, ""), read(file));
            }
        }
        Files.writeString(DIRECTORY.resolve("table.md"), table);
        return table.toString();
    }

    private static void appendRow(StringBuilder table, String name, Properties row) {
        table.append("| %-18s".formatted(name));
        int missed = 0;
        int violations = 0;
        for (Fault.Kind kind : Fault.Kind.values()) {
            table.append(" | %-16s".formatted(row.getProperty(kind.name(), "")));
            missed += Integer.parseInt(row.getProperty(MISSED + kind, "0"));
            violations += Integer.parseInt(row.getProperty(VIOLATIONS + kind, "0"));
        }
        table.append(" | %6d | %10d |\n".formatted(missed, violations));
    }

    private static Properties read(Path file) throws IOException {
        Properties row = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            row.load(in);
        }
        return row;
    }
}
