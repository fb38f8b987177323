package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.Terminal;
import dev.affidavit.forward.agent.VersionLine;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Pins;
import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells whether a log is what was sealed, and what it was when others saw it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Tells whether a log is what was sealed, and what was seen of it elsewhere. Reads all of it;"
                + " neither needs the application nor disturbs it, and changes nothing.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE + ":nothing speaks against the log: anchored, sealed, or an unsealed tail",
            Program.FAILED_TEXT,
            Program.WRONG_TEXT,
            VerifyCommand.KEY_UNKNOWN + ":no key was given, or the log has others",
            VerifyCommand.SEAL_MISSING + ":there is no seal where one has to be",
            VerifyCommand.TRUNCATED + ":lines are gone from the end",
            VerifyCommand.ROLLED_BACK + ":the log is another than the one that was seen",
            VerifyCommand.TAMPERED + ":something is not what was sealed",
            VerifyCommand.NOT_STORED + ":the log has events that the destination of the forwarder does not have"
        })
final class VerifyCommand implements Callable<Integer> {
    static final int KEY_UNKNOWN = 3;
    static final int SEAL_MISSING = 4;
    static final int TRUNCATED = 5;
    static final int ROLLED_BACK = 6;
    static final int TAMPERED = 7;
    static final int NOT_STORED = 8;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Of the log.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    @Option(names = "--key", paramLabel = "KEY", description = GivenKeys.DESCRIPTION)
    private final List<String> keys = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "What was kept of the log elsewhere: checkpoints as text, events as JSON, an object in a line;"
                            + " - for standard input. May be given several times.")
    private final List<String> against = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description = "The public key of a witness that must have cosigned the log, name+id+key, as its operator"
                    + " publishes it, or a file with one in each line. May be given several times.")
    private final List<String> witnesses = new ArrayList<>();

    @Option(
            names = "--against-forwarder",
            paramLabel = "NAME",
            description = "All that the destination of this forwarder has of the log: an elasticsearch or a database.")
    private @Nullable String forwarder;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The file, in YAML as forward takes it, that has the forwarder: with a user who may read.")
    private @Nullable Path config;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DecryptionKeys decryption;

    @Option(names = "--json", description = "One JSON object; docs/cli.md lists its fields.")
    private boolean json;

    /** For {@link Main}. */
    VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        Pins pins = GivenKeys.of(keys, spec);
        List<WitnessKey> cosigners = GivenKeys.witnesses(witnesses, spec);
        KeyRing ring = decryption.given();
        StoredEvidence stored;
        try {
            stored = stored();
        } catch (WrongConfigurationException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(Terminal.oneLine(problem)));
            return Program.WRONG;
        }
        EvidenceReader evidence = new EvidenceReader();
        for (String file : against) {
            evidence.read(file);
        }
        if (stored != null) {
            try (Progress progress = Progress.on(spec.commandLine().getErr())) {
                stored.readTo(evidence, directory, progress);
            }
        }
        Verification found = verify(pins, cosigners, evidence, ring);
        PrintWriter out = spec.commandLine().getOut();
        VerifyReport report = VerifyReport.of(directory.toRealPath(), found, evidence, stored);
        if (json) {
            out.println(Json.of(report));
        } else {
            VerifyText.of(found, report).forEach(line -> out.println(Terminal.oneLine(line)));
        }
        return exitCode(found.verdict());
    }

    private @Nullable StoredEvidence stored() throws WrongConfigurationException {
        if (forwarder == null && config == null) {
            return null;
        }
        if (forwarder == null || config == null) {
            throw new ParameterException(
                    spec.commandLine(), "--against-forwarder and --config: expected both or none, found one");
        }
        return StoredEvidence.of(config, forwarder, spec.commandLine().getErr());
    }

    private Verification verify(Pins pins, List<WitnessKey> cosigners, EvidenceReader evidence, @Nullable KeyRing ring)
            throws IOException {
        LogVerifier verifier = LogVerifier.of(directory)
                .pinned(pins)
                .against(evidence.anchors())
                .witnessedBy(cosigners);
        try (OpenedLines opened = OpenedLines.of(directory, ring);
                Progress progress = Progress.on(spec.commandLine().getErr())) {
            // What was kept encrypted is what stands in the log; for that no key is needed.
            boolean opens = ring != null || evidence.plainEvents() > 0;
            Verification found = (opens ? verifier.opening(opened) : verifier)
                    .verify((done, all) -> progress.show(() -> "verifying: " + Quantity.part(done, all)));
            String problem = evidence.plainEvents() > 0 ? opened.problem() : null;
            if (problem != null) {
                throw new IOException(
                        "%s cannot be held to the events that were kept elsewhere: %s. Give the keys with %s; without events from elsewhere, verify needs none"
                                .formatted(directory, problem, DecryptionKeys.OPTION));
            }
            return found;
        }
    }

    private static int exitCode(Verdict verdict) {
        return switch (verdict) {
            case PRUNED, ANCHORED, SEALED, UNSEALED_TAIL -> Program.DONE;
            case NOT_STORED -> NOT_STORED;
            case KEY_UNKNOWN -> KEY_UNKNOWN;
            case SEAL_MISSING -> SEAL_MISSING;
            case TRUNCATED -> TRUNCATED;
            case ROLLED_BACK -> ROLLED_BACK;
            case TAMPERED -> TAMPERED;
        };
    }
}
