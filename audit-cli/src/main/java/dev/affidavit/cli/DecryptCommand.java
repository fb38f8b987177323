package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.LineDecrypter;
import dev.affidavit.encryption.LineDecryptionException;
import dev.affidavit.encryption.LogDecrypter;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.Terminal;
import dev.affidavit.forward.agent.VersionLine;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import dev.affidavit.store.StoredSegment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the lines of a log as they were before they were encrypted. */
@Command(
        name = "decrypt",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description =
                "Writes the lines of a log as they were before they were encrypted, those that never were among them."
                        + " Neither needs the application nor disturbs it, and changes nothing.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE_TEXT,
            Program.FAILED_TEXT,
            Program.WRONG_TEXT,
            DecryptCommand.UNDECRYPTABLE + ":some lines cannot be decrypted; the others were written"
        })
final class DecryptCommand implements Callable<Integer> {
    static final int UNDECRYPTABLE = 9;

    private static final int MAX_FAILURES = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Of the log.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DecryptionKeys keys;

    @Option(names = "--segment", paramLabel = "NAME", description = "The lines of this file of the log alone.")
    private @Nullable String segment;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Into this file, which is made for this user alone; not to standard output.")
    private @Nullable Path out;

    @Option(names = "--json", description = "What became of the lines, as one JSON object: with --out.")
    private boolean json;

    /** For {@link Main}. */
    DecryptCommand() {}

    @Override
    public Integer call() throws IOException {
        KeyRing ring = keys.required();
        if (json && out == null) {
            throw new ParameterException(
                    spec.commandLine(), "--json: expected --out too, since standard output has the lines, found none");
        }
        LogExtent extent = LogExtent.of(directory);
        List<StoredSegment> segments = segments(extent);
        DecryptReport report;
        try (LogDecrypter decrypter = LogDecrypter.of(directory, extent.logId(), ring);
                LineSink sink = LineSink.of(out, spec.commandLine().getOut());
                Progress progress = progress()) {
            long all = segments.stream().mapToLong(StoredSegment::bytes).sum();
            report = new Run(decrypter, sink, progress, all).run(extent);
        }
        tell(report);
        return report.missing() == 0 ? Program.DONE : UNDECRYPTABLE;
    }

    /** Those to be read. */
    private List<StoredSegment> segments(LogExtent extent) {
        List<StoredSegment> all = extent.segments();
        List<StoredSegment> chosen = all.stream()
                .filter(one -> segment == null || one.name().equals(segment))
                .toList();
        if (segment != null && chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--segment: expected a file of the log, %s, found %s"
                            .formatted(
                                    all.isEmpty()
                                            ? "which has none"
                                            : "from %s to %s"
                                                    .formatted(
                                                            all.get(0).name(),
                                                            all.get(all.size() - 1)
                                                                    .name()),
                                    segment));
        }
        return chosen;
    }

    private Progress progress() {
        PrintWriter err = spec.commandLine().getErr();
        return out == null ? Progress.beside(err) : Progress.on(err);
    }

    private void tell(DecryptReport report) {
        PrintWriter err = spec.commandLine().getErr();
        report.failures().forEach(failure -> err.println(Terminal.oneLine(failure.problem())));
        if (report.missing() > 0) {
            err.println("%,d of %,d lines are not in the output%s"
                    .formatted(
                            report.missing(),
                            report.lines(),
                            report.missing() > MAX_FAILURES
                                    ? "; of those, the first %d are named".formatted(MAX_FAILURES)
                                    : ""));
        }
        PrintWriter standard = spec.commandLine().getOut();
        if (json) {
            standard.println(Json.of(report));
        } else if (out != null) {
            Columns facts = new Columns();
            facts.add("log", report.logId());
            facts.add("file", String.valueOf(report.out()));
            facts.add("lines", count(report.lines()));
            facts.add("written", count(report.written()));
            facts.add("decrypted", count(report.decrypted()));
            facts.lines().forEach(line -> standard.println(Terminal.oneLine(line)));
        }
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** One way through the lines. */
    private final class Run {
        private final LogDecrypter decrypter;
        private final LineSink sink;
        private final Progress progress;
        private final long all;
        private final List<DecryptReport.Failure> failures = new ArrayList<>();
        private long bytes;
        private long lines;
        private long written;
        private long decrypted;

        Run(LogDecrypter decrypter, LineSink sink, Progress progress, long all) {
            this.decrypter = decrypter;
            this.sink = sink;
            this.progress = progress;
            this.all = all;
        }

        DecryptReport run(LogExtent extent) throws IOException {
            try {
                if (segment == null) {
                    extent.forEachLine(this::take);
                } else {
                    extent.forEachLineOf(segment, this::take);
                }
            } catch (StoreException | UncheckedIOException e) {
                throw new IOException(
                        "%s. The output ends before that, with %d lines".formatted(e.getMessage(), written), e);
            }
            return new DecryptReport(
                    directory.toRealPath().toString(),
                    extent.logId(),
                    segment,
                    out == null ? null : out.toAbsolutePath().toString(),
                    lines,
                    written,
                    decrypted,
                    failures);
        }

        private void take(StoredLine line) {
            lines++;
            bytes += line.bytes().length + 1L;
            try {
                sink.write(decrypter.decrypt(line));
                written++;
                decrypted += LineDecrypter.isPlain(line) ? 0 : 1;
            } catch (LineDecryptionException e) {
                fail(line, e.keyId(), e.reason().name().toLowerCase(Locale.ROOT), String.valueOf(e.getMessage()));
            } catch (CharacterCodingException e) {
                fail(
                        line,
                        null,
                        "not_text",
                        "%s, line at byte %d: expected UTF-8 for standard output, found other bytes. Write it with --out"
                                .formatted(line.segment(), line.offset()));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            progress.show(() -> "decrypting: " + Quantity.part(bytes, all));
        }

        private void fail(StoredLine line, @Nullable String keyId, String reason, String problem) {
            if (failures.size() < MAX_FAILURES) {
                failures.add(new DecryptReport.Failure(line.segment(), line.offset(), keyId, reason, problem));
            }
        }
    }
}
