package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.EncryptedLines;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.StoredLine;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.trail.Services;
import dev.affidavit.verify.Finding;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encrypted log, from the configuration to its reader. Needs what encrypts on the class path. */
public abstract class EncryptionContract {
    private static final AuditLogger AUDIT = AuditLogger.get("security");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String KEY = "affidavit.test.key";
    private static final String NEXT_KEY = "affidavit.test.key.next";
    private static final Map<String, String> FIRST = Map.of("key", "sys:" + KEY, "keyId", "2026-10");
    private static final Map<String, String> SECOND = Map.of("key", "sys:" + NEXT_KEY, "keyId", "2026-11");

    /** In each event, and nowhere else. */
    private static final String USER = "no-one-may-read-me";

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Path log = Path.of("unused");
    private Setup plain = Setup.in(Path.of("unused"));

    protected EncryptionContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void prepare() {
        System.setProperty(KEY, randomKey());
        System.setProperty(NEXT_KEY, randomKey());
        StubListener.reset(event -> {});
        log = temporary.resolve("log");
        plain = Setup.in(log)
                .with("maxFileSize", "4KB")
                .with("maxFiles", "100000") // none goes while it is looked at
                .withListener(Map.of("provider", "stub"));
    }

    private static String randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
        System.clearProperty(KEY);
        System.clearProperty(NEXT_KEY);
        StubListener.reset(event -> {});
    }

    private static void record(int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            AUDIT.record(EventType.AUTH_SUCCESS, event -> event.username(USER + "-" + number));
        }
    }

    private static Encryption encryption(Map<String, String> options, List<Map<String, String>> old) {
        RecordingStatus status = new RecordingStatus();
        Problems problems = new Problems();
        ConfigNode node = new ConfigNode(
                "AuditEncryption",
                options,
                old.stream()
                        .map(key -> new ConfigNode("AuditOldKey", key, List.of()))
                        .toList());
        Encryption encryption =
                Services.encryption(status).orElseThrow().configure(new Options(node, "AuditEncryption", problems));
        assertThat(problems.all()).isEmpty();
        return encryption;
    }

    private List<StoredLine> stored() {
        List<StoredLine> lines = new ArrayList<>();
        try (LogReader reader = LogReader.fromOldest(log)) {
            List<StoredLine> next = reader.read(1000, 1 << 20);
            while (!next.isEmpty()) {
                lines.addAll(next);
                next = reader.read(1000, 1 << 20);
            }
        }
        return lines;
    }

    private List<String> decrypted(Encryption keys) throws IOException {
        String logId = Files.readString(log.resolve(".affidavit/log-id")).strip();
        List<String> lines = new ArrayList<>();
        try (Decrypter decrypter = keys.decrypter(log, logId)) {
            for (StoredLine line : stored()) {
                lines.add(new String(decrypter.decrypt(line), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private static List<String> ids(List<String> lines) {
        return lines.stream().map(line -> line.substring(0, line.indexOf(','))).toList();
    }

    private static long users(List<String> lines) {
        return lines.stream().filter(line -> line.contains(USER)).count();
    }

    private void requireNowhere(String... texts) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(texts);
            }
        }
    }

    /** But for the keys, which nobody pinned. */
    private void requireSealed() throws IOException {
        assertThat(LogVerifier.of(log).verify().findings())
                .extracting(Finding::rule)
                .containsOnly(Rule.KEYS_PINNED);
    }

    private void awaitListener(long events) {
        Deadline.await(
                "the listener is told of %d events".formatted(events),
                LIMIT,
                () -> users(StubListener.told()) >= events);
    }

    @Test
    void shouldLeaveNothingThatCanBeReadWithoutTheKey() throws Exception {
        framework.configure(plain.withElement("AuditEncryption", FIRST));
        record(0, 40);
        awaitListener(40);
        framework.unconfigure();
        framework.configure(plain.withElement("AuditEncryption", FIRST));
        record(40, 50);
        awaitListener(50);
        framework.unconfigure();

        requireNowhere(USER, "AUTH_SUCCESS", "AUDIT_LOG_STARTED", System.getProperty(KEY));
        assertThat(stored()).hasSizeGreaterThan(50).allMatch(line -> EncryptedLines.isEncrypted(line.bytes()));
        assertThat(stored().stream().map(StoredLine::segment).distinct().count())
                .isGreaterThan(5);
        List<String> lines = decrypted(encryption(FIRST, List.of()));
        assertThat(users(lines)).isEqualTo(50);
        assertThat(ids(lines)).isSorted().doesNotHaveDuplicates();
        assertThat(users(StubListener.told())).isEqualTo(50);
        assertThat(lines).containsAll(StubListener.told());
        requireSealed();
    }

    @Test
    void shouldTakeAnotherKeyWithoutARestart() throws Exception {
        // Where a reconfiguration closes the log, a listener has a limited time for what it was not told of yet.
        framework.configure(plain);
        record(0, 5);
        awaitListener(5);
        framework.configure(plain.withElement("AuditEncryption", FIRST));
        record(5, 10);
        awaitListener(10);
        framework.configure(plain.withElement("AuditEncryption", SECOND).withElementBelow("AuditOldKey", FIRST));
        record(10, 15);
        awaitListener(15);
        framework.configure(plain);
        record(15, 20);
        awaitListener(20);
        framework.unconfigure();

        List<String> lines = decrypted(encryption(SECOND, List.of(FIRST)));
        assertThat(users(lines)).isEqualTo(20);
        assertThat(ids(lines)).isSorted().doesNotHaveDuplicates();
        assertThat(lines).noneMatch(line -> line.contains(System.getProperty(KEY)));
        assertThat(lines.stream().filter(line -> line.contains(USER + "-7"))).hasSize(1);
        requireNowhere(USER + "-7", USER + "-12");
        assertThat(users(StubListener.told())).isEqualTo(20);
        requireSealed();
        assertThatThrownBy(() -> decrypted(encryption(SECOND, List.of())))
                .isInstanceOf(UndecryptableLineException.class)
                .hasMessageContaining("kid 2026-10")
                .hasMessageContaining("security_audit_");
    }

    /** As when a file that the key is read from was not replaced yet. */
    @Test
    void shouldGoOnWithoutTheKeyOfItsLastLine() throws Exception {
        framework.configure(plain.withElement("AuditEncryption", FIRST));
        record(0, 5);
        framework.unconfigure();

        framework.configure(plain.withElement("AuditEncryption", SECOND));
        record(5, 10);
        framework.unconfigure();

        List<String> lines = decrypted(encryption(SECOND, List.of(FIRST)));
        assertThat(users(lines)).isEqualTo(10);
        assertThat(ids(lines)).isSorted().doesNotHaveDuplicates();
    }
}
