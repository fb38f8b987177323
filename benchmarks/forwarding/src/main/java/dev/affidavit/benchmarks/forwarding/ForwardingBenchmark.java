package dev.affidavit.benchmarks.forwarding;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command {@code benchmarks/forwarding/run}. */
final class ForwardingBenchmark {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final PrintStream out;
    private final PrintStream progress;

    ForwardingBenchmark(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] args) throws IOException {
        System.exit(new ForwardingBenchmark(System.out, System.err).run(List.of(args)));
    }

    /** The exit status: 0 if all events arrived in every run, 1 if not, 2 if the command line is wrong. */
    int run(List<String> arguments) throws IOException {
        try {
            if (arguments.contains("--help")) {
                out.print(Settings.USAGE);
            } else {
                measure(Settings.parse(arguments));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            progress.println("benchmarks/forwarding/run: " + e.getMessage());
            return USAGE;
        } catch (IllegalStateException | AssertionError e) {
            progress.println("benchmarks/forwarding/run: " + e.getMessage());
            return FAILURE;
        }
    }

    private void measure(Settings settings) throws IOException {
        Path directory = Files.createTempDirectory("affidavit-forwarding");
        // Some receivers run as another user.
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            progress.printf("Writing %,d events ...%n", settings.events());
            Source source = Source.write(directory, settings.events());
            Figures figures = new Figures(source);
            for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
                for (Contender contender : settings.contenders()) {
                    progress.printf("[repetition %d of %d] %s: ", repetition, settings.repetitions(), contender.name());
                    Path run = Files.createDirectory(directory.resolve(contender.name() + repetition));
                    Usage usage = contender.carry(source, run);
                    remove(run);
                    figures.add(contender.name(), usage);
                    progress.printf("%,.0f events/s%n", source.events() / usage.seconds());
                }
            }
            out.print(settings.json() ? figures.json() : figures.markdown());
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Every way there is, by its name. */
    static Map<String, Contender> contenders() {
        Map<String, Contender> all = new LinkedHashMap<>();
        Stream.of(
                        new RsyslogContender(RsyslogContender.PEER, RsyslogContender.TUNED_WINDOW),
                        new RsyslogContender("rsyslog-omrelp-default-window", RsyslogContender.DEFAULT_WINDOW),
                        new AffidavitContender("syslog-tcp", SyslogTarget::tcp),
                        new AffidavitContender("syslog-relp", SyslogTarget::relp),
                        new AffidavitContender("syslog-relp-tls", SyslogTarget::relpTls),
                        new AffidavitContender("splunk-hec-fake", SplunkTarget::in),
                        new AffidavitContender("elasticsearch", directory -> ElasticsearchTarget.start()),
                        new AffidavitContender("database-postgresql", directory -> DatabaseTarget.start()))
                .forEach(contender -> all.put(contender.name(), contender));
        return all;
    }
}
