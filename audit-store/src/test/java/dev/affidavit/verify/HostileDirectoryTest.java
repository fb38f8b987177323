package dev.affidavit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Directories that somebody made to hang a verifier, or to make it read something else. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileDirectoryTest {
    private static final String FILE = "security_audit_2026-11-21_10-15-59.log";

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private Verification verified(SealedSample sample) throws Exception {
        return LogVerifier.of(directory).pinned(sample.pins()).verify();
    }

    private void assertNotRegular(SealedSample sample, String file) throws Exception {
        assertThat(verified(sample).findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.REGULAR_FILE);
            assertThat(finding.file()).isEqualTo(file);
        });
    }

    @Test
    void shouldNotWaitForAPipe() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        for (String name : List.of(FILE, FILE + ".seal", "pruned.seal")) {
            Path pipe = directory.resolve(name);
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");

            assertNotRegular(sample, name);

            Files.delete(pipe);
        }
    }

    /** Even to the same bytes: what is elsewhere is in somebody else's hands. */
    @Test
    void shouldFollowNoLink() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        for (Path file : List.of(sample.segment(1), sample.seal(1))) {
            Path target = elsewhere.resolve(file.getFileName());
            Files.move(file, target);
            Files.createSymbolicLink(file, target);

            assertNotRegular(sample, file.getFileName().toString());

            Files.delete(file);
            Files.move(target, file);
        }
        assertThat(verified(sample).isPass()).isTrue();
    }

    @Test
    void shouldTakeAFolderForNoFile() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        Files.createDirectory(directory.resolve(FILE + ".seal"));

        assertNotRegular(sample, FILE + ".seal");
    }

    @Test
    void shouldTakeNoNoteThroughALink() throws Exception {
        SealedSample sample = SampleLog.FORCE_REFUSED.write(directory);
        Files.move(directory.resolve(".affidavit"), elsewhere.resolve("control"));
        Files.createSymbolicLink(directory.resolve(".affidavit"), elsewhere.resolve("control"));

        assertThat(verified(sample).findings())
                .as("the lines that the device refused count again")
                .anyMatch(finding -> finding.rule() == Rule.FILE_ENDS);
    }

    @Test
    void shouldPassOverFilesOfOthers() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        for (String name : List.of(
                "security_audit_2026-13-40_10-15-59.log",
                "security_audit_2026-11-21_10-15-59_000.log",
                "security_audit_2026-11-21_10-15-59.log.gz",
                "security_audit_2026-11-21_10-15-59.log\n.seal",
                "\u001b[2J.seal",
                "x.seal")) {
            Files.writeString(directory.resolve(name), "what is no log\n");
        }

        assertThat(verified(sample).findings()).isEmpty();
    }

    /** A line without an end, a seal without one: neither is held in memory. */
    @Test
    void shouldReadALineAndASealWithoutAnEnd() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        try (var file = new RandomAccessFile(sample.segment(2).toFile(), "rw")) {
            file.setLength(32L << 20);
        }
        assertThat(verified(sample).verdict()).isEqualTo(Verdict.SEALED);

        try (var file = new RandomAccessFile(sample.seal(1).toFile(), "rw")) {
            file.setLength(3L << 40);
        }
        assertThat(verified(sample).verdict()).isEqualTo(Verdict.TAMPERED);
    }

    @Test
    void shouldShowNoControlCharactersOfALog() throws Exception {
        Finding finding = Finding.ofLog(Rule.NO_BREAK, Verdict.TAMPERED, "\u001b[2J", "\u202egol\n");

        assertThat(finding.toString()).isEqualTo("expected \\u{1B}[2J, found \\u{202E}gol\\u{A} [no-break]");
    }

    @Test
    void shouldSayWhatCannotBeRead() {
        assertThatThrownBy(() -> LogVerifier.of(directory.resolve("none")).verify())
                .isInstanceOf(NoSuchFileException.class);
    }
}
