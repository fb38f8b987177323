package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.config.OnFailure;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.LogStatistics;
import dev.affidavit.store.SealStatistics;
import dev.affidavit.store.StoredLine;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.witness.FakeWitness;
import dev.affidavit.verify.Anchors;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Pins;
import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * A sealed log, from the configuration to the verifier: what stands in its events is enough to verify it, and nothing goes on as
 * if nothing were amiss.
 */
public abstract class SealContract {
    private static final AuditLogger AUDIT = AuditLogger.get("security");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SEAL = ".seal";
    /** What each text of a private key begins with. */
    private static final String PRIVATE = "PRIVATE+KEY";

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Setup setup = Setup.in(Path.of("unused"));
    private LogFile log = new LogFile(Path.of("unused"));

    protected SealContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void prepare() {
        assertThat(RecordingShutdownHandler.takeCauses()).isNotNull();
        log = new LogFile(temporary.resolve("log"));
        setup = Setup.in(log.directory())
                .with("durability", "synced")
                .with("maxFileSize", "2KB")
                .with("maxFiles", "100000") // none goes while it is looked at
                .withElement("AuditSeal", Map.of("origin", "payments.example.com/audit", "interval", "1ms"));
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    private static void record(int events) {
        for (int i = 0; i < events; i++) {
            AUDIT.record(EventType.AUTH_SUCCESS, event -> event.username("alice"));
        }
    }

    private static LogStatistics statistics() {
        return AuditTrails.statistics().get(0).log();
    }

    /** Until the file that was left has its last checkpoint and the log has the event of it. */
    private void recordUntilAnchored(int checkpoints) {
        Deadline.await("%d checkpoints are recorded".formatted(checkpoints), LIMIT, () -> {
            record(5);
            return log.own("AUDIT_CHECKPOINT").size() >= checkpoints;
        });
    }

    private Path keyFile() {
        return log.directory().resolve(".affidavit/seal/log.key");
    }

    private List<String> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(log.directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** As who has the log's events from a SIEM, and nothing else. */
    private Verification verifyWithItsEvents(List<JsonNode> events) throws IOException, MalformedSealException {
        List<VerifierKey> keys = new ArrayList<>();
        Anchors.Builder anchors = Anchors.builder();
        for (JsonNode event : events) {
            for (String key : List.of("/details/log_key", "/details/first_epoch_key")) {
                if (event.at(key).isTextual()) {
                    keys.add(VerifierKey.parse(event.at(key).textValue()));
                }
            }
            if (event.at("/details/checkpoint").isTextual()) {
                anchors.checkpoint(event.at("/details/checkpoint").textValue());
            }
        }
        return LogVerifier.of(log.directory())
                .pinned(new Pins(keys))
                .against(anchors.build())
                .verify();
    }

    @Test
    void shouldSealEveryFileAndGiveItsCheckpointToTheReader() throws Exception {
        framework.configure(setup);
        recordUntilAnchored(2);
        framework.unconfigure();
        framework.configure(setup);
        LoggerFactory.getLogger("app").info(AuditMarkers.of(EventType.SELECT), "after a restart");
        recordUntilAnchored(log.own("AUDIT_CHECKPOINT").size() + 1);
        framework.unconfigure();

        assertThat(names(".log")).hasSizeGreaterThan(3);
        assertThat(names(".log" + SEAL))
                .isEqualTo(names(".log").stream().map(name -> name + SEAL).toList());
        VerifierKey logKey = VerifierKey.parse(
                log.own("AUDIT_LOG_STARTED").get(0).at("/details/log_key").textValue());
        assertThat(log.own("AUDIT_CHECKPOINT")).allSatisfy(event -> {
            SignedNote note = SignedNote.parse(event.at("/details/checkpoint").textValue());
            assertThat(note.isSignedBy(logKey)).isTrue();
            assertThat(note.text())
                    .startsWith(event.at("/details/origin").textValue() + "\n"
                            + event.at("/details/size").longValue() + "\n"
                            + event.at("/details/root").textValue() + "\n");
        });
        Verification verification = verifyWithItsEvents(log.all());
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.verdict()).isEqualTo(Verdict.ANCHORED);
        assertThat(verification.counts().sealed()).isEqualTo(log.lines().size());
        assertThat(verification.counts().anchored()).isPositive();
    }

    @Test
    void shouldGiveACheckpointOfTheFileThatIsWrittenToo() {
        framework.configure(Setup.in(log.directory())
                .with("flushInterval", "10ms")
                .withElement("AuditSeal", Map.of("origin", "a", "interval", "10ms", "anchorInterval", "1s")));

        recordUntilAnchored(1);

        assertThat(statistics().rotations()).isZero();
        assertThat(log.own("AUDIT_CHECKPOINT").get(0).at("/details/size").intValue())
                .isBetween(2, log.lines().size());
    }

    @Test
    void shouldLetWhoHasTheCheckpointsFindThatTheLogWasCut() throws Exception {
        framework.configure(setup);
        recordUntilAnchored(2);
        framework.unconfigure();
        List<JsonNode> inTheSiem = log.all();
        List<String> files = names(".log");

        for (String name : files.subList(1, files.size())) {
            Files.delete(log.directory().resolve(name));
            Files.delete(log.directory().resolve(name + SEAL));
        }

        assertThat(verifyWithItsEvents(inTheSiem).isPass()).isFalse();
    }

    @Test
    void shouldKeepSealsFromReaders() throws IOException {
        framework.configure(setup);
        recordUntilAnchored(1);
        framework.unconfigure();

        List<String> read = new ArrayList<>();
        try (LogReader reader = LogReader.fromOldest(log.directory())) {
            for (List<StoredLine> some = reader.read(100, 1 << 20); !some.isEmpty(); some = reader.read(100, 1 << 20)) {
                some.forEach(line -> read.add(new String(line.bytes(), StandardCharsets.UTF_8)));
            }
        }

        assertThat(names(SEAL)).isNotEmpty();
        assertThat(read).isEqualTo(log.lines());
        assertThat(String.join("\n", read)).doesNotContain(PRIVATE);
    }

    @Test
    void shouldVerifyBehindRetention() throws Exception {
        framework.configure(setup.with("maxFiles", "2"));

        List<JsonNode> inTheSiem = new ArrayList<>(log.own("AUDIT_LOG_STARTED"));
        Deadline.await("files are removed", LIMIT, () -> {
            record(5);
            return statistics().retention().removed() >= 2;
        });
        framework.unconfigure();

        TreeSet<String> sealed = new TreeSet<>();
        names(".log" + SEAL).forEach(name -> sealed.add(name.substring(0, name.length() - SEAL.length())));
        assertThat(sealed).containsExactlyElementsOf(names(".log"));
        assertThat(log.directory().resolve("pruned.seal")).isNotEmptyFile();
        assertThat(log.own("AUDIT_LOG_PRUNED")).isNotEmpty();
        inTheSiem.addAll(log.own("AUDIT_CHECKPOINT"));
        Verification verification = verifyWithItsEvents(inTheSiem);
        assertThat(verification.isPass()).as(verification.toString()).isTrue();
        assertThat(verification.counts().firstLine()).isPositive();
    }

    @Test
    void shouldShowWhatIsSealed() {
        framework.configure(setup);
        record(1);

        Deadline.await("what is recorded is sealed", LIMIT, () -> {
            SealStatistics seal = statistics().seal();
            return seal != null && seal.sealed() == log.lines().size() && seal.epoch() >= 1;
        });
    }

    @Test
    void shouldHaveItsCheckpointsCosigned() throws Exception {
        try (FakeWitness witness = FakeWitness.start("witness.example.com/w1")) {
            framework.configure(setup.withElementBelow(
                    "AuditWitness", Map.of("url", witness.url().toString(), "key", witness.key())));
            record(1);
            VerifierKey logKey = VerifierKey.parse(
                    log.own("AUDIT_LOG_STARTED").get(0).at("/details/log_key").textValue());
            recordUntilAnchored(1);
            Deadline.await("it is said that the witness does not know the log", LIMIT, () -> {
                List<JsonNode> told = log.own("AUDIT_WITNESS_STATE");
                return !told.isEmpty()
                        && told.get(0).at("/details/to").textValue().equals("REFUSED");
            });
            witness.trust(logKey.toString());
            Deadline.await(
                    "the witness cosigns",
                    LIMIT,
                    () -> AuditTrails.statistics().get(0).witnesses().get(0).cosigned() > 0);
            framework.unconfigure();

            assertThat(log.own("AUDIT_WITNESS_STATE"))
                    .last()
                    .satisfies(event ->
                            assertThat(event.at("/details/to").textValue()).isEqualTo("COSIGNING"));
            assertThat(witness.faults()).isEmpty();
            Verification verification = LogVerifier.of(log.directory())
                    .witnessedBy(List.of(WitnessKey.parse(witness.key())))
                    .verify();
            assertThat(verification.witnessed()).hasSize(1);
            assertThat(verification.counts().anchored())
                    .isEqualTo(verification.witnessed().get(0).size())
                    .isPositive();
        }
    }

    /** What can be wrong with the key of a log. */
    enum KeyTrouble {
        MISSING("is missing"),
        DAMAGED("is damaged"),
        READABLE_BY_OTHERS("expected rw-------"),
        A_LINK("");

        private final String message;

        KeyTrouble(String message) {
            this.message = message;
        }

        void bringAbout(Path key) throws IOException {
            switch (this) {
                case MISSING -> Files.delete(key);
                case DAMAGED ->
                    Files.writeString(key, Files.readString(key).replace(PRIVATE, PRIVATE.toLowerCase(Locale.ROOT)));
                case READABLE_BY_OTHERS ->
                    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
                case A_LINK -> {
                    Path elsewhere = key.resolveSibling("elsewhere");
                    Files.move(key, elsewhere);
                    Files.createSymbolicLink(key, elsewhere);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseIfTheKeyCannotBeUsed(KeyTrouble trouble) throws IOException {
        framework.configure(setup);
        record(1);
        framework.unconfigure();
        String secret = Files.readAllLines(keyFile()).stream()
                .filter(line -> line.startsWith("private "))
                .map(line -> line.split("\\+", 5)[4]) // PRIVATE, KEY, name, id, key, which can have a plus in it
                .findFirst()
                .orElseThrow();
        trouble.bringAbout(keyFile());
        int before = log.lines().size();

        framework.configure(setup);
        String said = Outcomes.messageOf(() -> record(1));
        String plain = Outcomes.messageOf(
                () -> LoggerFactory.getLogger("app").info(AuditMarkers.audit(), "by a plain logger"));

        assertThat(List.of(said, plain))
                .allSatisfy(message -> assertThat(message)
                        .contains("audit appender 'audit' refuses: directory: ")
                        .contains(keyFile().toString())
                        .contains(trouble.message)
                        .doesNotContain(secret)
                        .doesNotContain(PRIVATE));
        framework.unconfigure();
        assertThat(log.lines()).hasSize(before);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecordThatTheLogDoesNotAgreeWithItsSeal(OnFailure policy) throws IOException {
        framework.configure(setup);
        record(3);
        framework.unconfigure();
        Path file = log.directory().resolve(names(".log").get(0));
        Files.writeString(file, Files.readString(file).replaceFirst("alice", "malice"));

        framework.configure(setup.onFailure(policy));
        List<String> causes = new ArrayList<>();
        Deadline.await(
                "that is recorded", LIMIT, () -> log.own("AUDIT_LOG_TAMPER").size() == 1);
        if (policy == OnFailure.SHUTDOWN) {
            Deadline.await("the application is to end", LIMIT, () -> {
                causes.addAll(RecordingShutdownHandler.takeCauses());
                return !causes.isEmpty();
            });
        }
        record(1);
        framework.unconfigure();

        causes.addAll(RecordingShutdownHandler.takeCauses());
        assertThat(causes)
                .hasSize(policy == OnFailure.SHUTDOWN ? 1 : 0)
                .allSatisfy(cause -> assertThat(cause).contains("does not agree with its seal"));
        assertThat(log.own("AUDIT_LOG_TAMPER").get(0).at("/details/problem").textValue())
                .contains(file.toString());
        assertThat(log.events()).hasSize(4);
        assertThat(Files.readString(file)).contains("malice");
    }
}
