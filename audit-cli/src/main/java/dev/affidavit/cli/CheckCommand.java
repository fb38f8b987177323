package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.LineDecrypter;
import dev.affidavit.encryption.LineDecryptionException;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.Terminal;
import dev.affidavit.forward.agent.VersionLine;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.spi.EncryptedLines;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.StoredLine;
import dev.affidavit.verify.InclusionProof;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a proof that one line is in a log, without the log. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Checks a proof of prove, without the log: whether this line was in the log of the key.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE + ":proven",
            Program.FAILED_TEXT,
            Program.WRONG_TEXT,
            VerifyCommand.KEY_UNKNOWN + ":no key of that log was given",
            VerifyCommand.TAMPERED + ":not proven",
            DecryptCommand.UNDECRYPTABLE + ":proven, but the line cannot be decrypted with the keys that were given"
        })
final class CheckCommand implements Callable<Integer> {
    private static final int MAX_PROOF_BYTES = 1024 * 1024;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROOF", description = "A file that prove wrote.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path proof;

    @Option(names = "--key", paramLabel = "KEY", required = true, description = GivenKeys.DESCRIPTION)
    private final List<String> keys = new ArrayList<>();

    @Option(
            names = "--line-file",
            paramLabel = "FILE",
            defaultValue = EvidenceReader.STANDARD_INPUT,
            description = "The line, to the byte; - for standard input, as if the option is missing.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String lineFile;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DecryptionKeys decryption;

    /** For {@link Main}. */
    CheckCommand() {}

    @Override
    public Integer call() throws IOException {
        List<VerifierKey> known = GivenKeys.of(keys, spec).keys();
        KeyRing ring = decryption.given();
        InclusionProof parsed = parse();
        String origin = origin(parsed);
        Optional<VerifierKey> key =
                known.stream().filter(one -> one.name().equals(origin)).findFirst();
        if (key.isEmpty()) {
            print("key unknown: the proof is of the log %s, of which no key was given".formatted(origin));
            return VerifyCommand.KEY_UNKNOWN;
        }
        byte[] line = line();
        Optional<String> problem = parsed.problem(line, key.get());
        print(problem.map(why -> "not proven: " + why)
                .orElse("proven: it is line %d of the log %s".formatted(parsed.index(), origin)));
        if (problem.isPresent()) {
            return VerifyCommand.TAMPERED;
        }
        return ring == null ? Program.DONE : showEvent(line, origin, ring);
    }

    /** In which file it stood, its proof does not say: any will do. */
    private int showEvent(byte[] line, String origin, KeyRing ring) {
        if (!EncryptedLines.isEncrypted(line)) {
            print(new String(line, StandardCharsets.UTF_8));
            return Program.DONE;
        }
        try (LineDecrypter decrypter = new LineDecrypter(origin.substring(origin.lastIndexOf('/') + 1), ring)) {
            byte[] event = decrypter.decrypt(new StoredLine(lineFile, 0, line), segment -> true);
            print(new String(event, StandardCharsets.UTF_8));
            return Program.DONE;
        } catch (LineDecryptionException e) {
            spec.commandLine().getErr().println(Terminal.oneLine(String.valueOf(e.getMessage())));
            return DecryptCommand.UNDECRYPTABLE;
        }
    }

    private InclusionProof parse() throws IOException {
        try {
            return InclusionProof.parse(new String(read(proof.toString(), MAX_PROOF_BYTES), StandardCharsets.UTF_8));
        } catch (MalformedSealException e) {
            throw new IOException("%s: %s".formatted(proof, e.getMessage()), e);
        }
    }

    private String origin(InclusionProof parsed) throws IOException {
        try {
            return Statement.parse(parsed.checkpoint().text()).origin();
        } catch (MalformedSealException e) {
            throw new IOException("%s: %s".formatted(proof, e.getMessage()), e);
        }
    }

    /** Without its {@code \n}, which a tool that cuts it out of a file leaves. */
    private byte[] line() throws IOException {
        byte[] bytes = read(lineFile, LogWriter.MAX_LINE_BYTES);
        boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        return ended ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static byte[] read(String file, int most) throws IOException {
        boolean standardInput = file.equals(EvidenceReader.STANDARD_INPUT);
        try (InputStream opened = standardInput ? InputStream.nullInputStream() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = (standardInput ? System.in : opened).readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("%s: expected at most %d bytes".formatted(file, most));
            }
            return bytes;
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(Terminal.oneLine(line));
    }
}
