package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.affidavit.seal.SigningKey;
import dev.affidavit.verify.LogVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that are missing, damaged, replaced or open to others, and a disk that is full when they change: a log says so, loses
 * no line, and shows no key.
 */
@Timeout(120)
final class KeyFaultTest {
    private static final String ORIGIN = "payments.example.com/audit";
    private static final String LOG_KEY = "log.key";
    private static final String EPOCH_KEYS = "epoch.keys";
    private static final String NO_SPACE = "No space left on device";
    /** Of a secret: fewer letters can stand anywhere by chance. */
    private static final int TELLING_LETTERS = 12;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestLog log;

    private final List<String> secrets = new ArrayList<>();
    /** All that anybody was told. */
    private final List<String> said = new ArrayList<>();

    private int lines;

    @BeforeEach
    void begin() throws Exception {
        directory = temporary.resolve("log");
        log = new TestLog(directory);
        try (LogWriter writer = open()) {
            append(writer);
            say(writer);
        }
        remember(LOG_KEY);
        remember(EPOCH_KEYS);
    }

    @AfterEach
    void findAllLinesAndNoSecret() throws Exception {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(CrashedLog.texts(reader))
                    .containsExactlyElementsOf(Stream.iterate(0, n -> n + 1)
                            .limit(lines)
                            .map(n -> "line " + n)
                            .toList());
        }
        said.addAll(log.listener.warnings);
        said.addAll(log.listener.anchors);
        log.listener.tamperings.forEach(tampering -> said.add(tampering.toString()));
        said.add(LogVerifier.of(directory).threads(1).verify().toString());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                said.add(Files.readString(file));
            }
        }
        assertThat(secrets).isNotEmpty();
        for (String secret : secrets) {
            for (int i = 0; i + TELLING_LETTERS <= secret.length(); i++) {
                String part = secret.substring(i, i + TELLING_LETTERS);
                assertThat(said).noneMatch(text -> text.contains(part));
            }
        }
    }

    private LogOptions options() {
        return log.options()
                .forceAfterLines(1)
                .seal(new SealOptions(ORIGIN, Duration.ofMillis(1), Duration.ofHours(1)))
                .build();
    }

    private LogWriter open() {
        return log.open(options());
    }

    private void append(LogWriter writer) {
        writer.append(TextLine.of("line " + lines), Durability.SYNCED);
        lines++;
    }

    private void say(LogWriter writer) {
        said.add(writer.options() + " " + writer.statistics());
    }

    private Path key(String name) {
        return directory.resolve(".affidavit/seal").resolve(name);
    }

    /** What is secret in a file of keys: behind the name and the id of each, up to the end of its line. */
    private void remember(String name) throws IOException {
        String text = Files.readString(key(name), StandardCharsets.ISO_8859_1);
        for (String line :
                text.lines().filter(each -> each.contains("PRIVATE+KEY+")).toList()) {
            secrets.add(line.split("\\+", 5)[4].strip());
        }
    }

    /** That the log is not opened, and says why, with the file. */
    private void refused(String name, String... why) {
        Throwable refusal = catchThrowable(() -> open().close());
        assertThat(refusal)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(key(name).toString())
                .hasMessageContainingAll(why);
        StringWriter all = new StringWriter();
        refusal.printStackTrace(new PrintWriter(all));
        said.add(all.toString());
    }

    /** That the log goes on, in a file that says that it does not follow the one before. */
    private void goesOnBroken(String why) throws Exception {
        try (LogWriter writer = open()) {
            append(writer);
            say(writer);
        }
        assertThat(log.listener.tamperings).hasSize(1);
        assertThat(log.listener.tamperings.get(0).problem()).contains(why);
        List<SegmentName> seals = LogDirectory.existing(directory).seals();
        Path last = LogDirectory.existing(directory).seal(seals.get(seals.size() - 1));
        assertThat(Files.readString(last)).contains("\nbreak ").contains(why);
        goesOn();
    }

    /** That another writer finds nothing more amiss. */
    private void goesOn() throws Exception {
        int before = log.listener.tamperings.size();
        try (LogWriter writer = open()) {
            append(writer);
        }
        assertThat(log.listener.tamperings).hasSize(before);
        remember(LOG_KEY);
        remember(EPOCH_KEYS);
    }

    // ---- the files

    @ParameterizedTest
    @ValueSource(strings = {LOG_KEY, EPOCH_KEYS})
    void shouldRefuseAKeyThatOthersMayReadOrWrite(String name) throws Exception {
        for (String mode : List.of("rw-r-----", "rw-----w-", "rwx------")) {
            Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString(mode));
            refused(name, mode, "expected rw-------", "chmod 600 " + key(name));
        }
        Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-------"));
        goesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG_KEY, EPOCH_KEYS})
    void shouldFollowNoLinkToAKey(String name) throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(key(name), elsewhere);
        Files.createSymbolicLink(key(name), elsewhere);

        refused(name, "not a regular file");

        Files.delete(key(name));
        Files.move(elsewhere, key(name));
        goesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG_KEY, EPOCH_KEYS})
    void shouldTakeNoFolderForAKey(String name) throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(key(name), elsewhere);
        Files.createDirectory(key(name));

        refused(name, "not a regular file");

        Files.delete(key(name));
        Files.move(elsewhere, key(name));
        goesOn();
    }

    @Test
    void shouldRefuseADamagedLogKey() throws Exception {
        byte[] good = Files.readAllBytes(key(LOG_KEY));
        for (int bit = 0; bit < 8 * good.length; bit += 101) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(key(LOG_KEY), flipped);
            refused(LOG_KEY, "is damaged", "Restore it from a backup");
        }
        for (int length : new int[] {0, 1, good.length / 2, good.length - 1}) {
            Files.write(key(LOG_KEY), Arrays.copyOf(good, length));
            refused(LOG_KEY, "is damaged", "Restore it from a backup");
        }
        Files.write(key(LOG_KEY), good);
        goesOn();
    }

    @Test
    void shouldMakeNoOtherLogKeyWhereItIsMissing() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(key(LOG_KEY), elsewhere);

        refused(LOG_KEY, "is missing", "Restore it from a backup");

        assertThat(key(LOG_KEY)).doesNotExist();
        Files.move(elsewhere, key(LOG_KEY));
        goesOn();
    }

    @Test
    void shouldTellALogKeyThatIsAnother() throws Exception {
        String origin = LogKeys.of(directory).logKey().name();
        putAnotherLogKey(origin);

        goesOnBroken("is not signed by " + origin);
    }

    @Test
    void shouldRefuseTheLogKeyOfAnotherLog() throws Exception {
        byte[] good = Files.readAllBytes(key(LOG_KEY));
        String origin = LogKeys.of(directory).logKey().name();
        putAnotherLogKey("another.example.com/audit");

        refused(LOG_KEY, "is the key of another.example.com/audit", "expected that of " + origin);

        Files.write(key(LOG_KEY), good);
        goesOn();
    }

    private void putAnotherLogKey(String origin) throws IOException {
        LogDirectory existing = LogDirectory.existing(directory);
        LogKey.create(existing, new RealDisk(), origin, new SecureRandom());
        Files.move(LogKey.begun(existing), LogKey.file(existing), StandardCopyOption.REPLACE_EXISTING);
        remember(LOG_KEY);
    }

    @Test
    void shouldGoOnWithoutTheKeyOfTheEpoch() throws Exception {
        Files.delete(key(EPOCH_KEYS));

        goesOnBroken("the key of epoch 1");
    }

    /** Shorter and longer ones, and one that is no such file any more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 511, 1025})
    void shouldGoOnAfterKeysOfTheEpochsOfAnotherLength(int length) throws Exception {
        Files.write(key(EPOCH_KEYS), Arrays.copyOf(Files.readAllBytes(key(EPOCH_KEYS)), length));

        goesOnBroken("the key of epoch 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 600, 900})
    void shouldGoOnAfterADamagedKeyOfTheEpoch(int at) throws Exception {
        byte[] damaged = Files.readAllBytes(key(EPOCH_KEYS));
        assertThat(new String(damaged, 512, 512, StandardCharsets.ISO_8859_1))
                .as("the slot of an epoch with an odd number")
                .startsWith("affidavit-epoch-key 1\n");
        damaged[at] ^= 1;
        Files.write(key(EPOCH_KEYS), damaged);

        goesOnBroken("the key of epoch 1");
    }

    @Test
    void shouldGoOnAfterTheKeyOfAnEpochThatIsAnother() throws Exception {
        String name = LogKeys.of(directory).firstEpochKey().name();
        EpochKeys.in(LogDirectory.existing(directory), new RealDisk())
                .store(1, SigningKey.generate(name, new SecureRandom()));
        remember(EPOCH_KEYS);

        goesOnBroken("the key of epoch 1");
    }

    // ---- the disk

    /** Whatever of the two files could not be made, the next start makes it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldBeginALogAfterItsKeysCouldNotBeMade(int nth) throws Exception {
        begin(FaultyDisk.Operation.REPLACE, nth);
        begin(FaultyDisk.Operation.OVERWRITE, nth);
    }

    private void begin(FaultyDisk.Operation operation, int nth) throws Exception {
        directory = temporary.resolve(operation + "-" + nth);
        log = new TestLog(directory);
        lines = 0;
        log.disk.failOnly(operation, nth, NO_SPACE);
        Throwable refusal = catchThrowable(() -> open().close());
        if (refusal != null) {
            assertThat(refusal).isInstanceOf(StoreException.class).hasMessageContaining(NO_SPACE);
            said.add(String.valueOf(refusal.getMessage()));
        }
        log.disk.heal();
        goesOn();
        goesOn();
        SealedCrash.checkOpened(directory, options());
    }

    /** At each step of a change of the epoch; the key of the one before does not stay. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldChangeTheEpochOnceThereIsRoomAgain(int nth) throws Exception {
        try (LogWriter writer = open()) {
            append(writer);
            awaitEpoch(writer, 2); // that of this start
            log.disk.failFrom(FaultyDisk.Operation.OVERWRITE, nth, NO_SPACE);
            Threads.await("the trouble is told", () -> {
                log.clock.pass(Duration.ofMinutes(11));
                append(writer);
                return !log.listener.warnings.isEmpty();
            });
            assertThat(log.listener.warnings.get(0)).contains("the seal cannot be written", NO_SPACE);
            remember(EPOCH_KEYS);
            log.disk.heal();
            append(writer);
            say(writer);
        }
        remember(EPOCH_KEYS);
        assertThat(Files.readString(key(EPOCH_KEYS), StandardCharsets.ISO_8859_1))
                .containsOnlyOnce("PRIVATE+KEY+");
        SealedCrash.checkOpened(directory, options());
        goesOn();
        assertThat(log.listener.tamperings).isEmpty();
    }

    private static void awaitEpoch(LogWriter writer, long epoch) {
        Threads.await("epoch " + epoch, () -> {
            SealStatistics seal = Objects.requireNonNull(writer.statistics().seal());
            return seal.epoch() >= epoch;
        });
    }

    // ---- texts

    @Test
    void shouldShowNoSecretInATextOfAKey() throws Exception {
        SigningKey key = LogKey.read(LogDirectory.existing(directory));

        said.add(key + " " + key.verifierKey() + " " + LogKeys.of(directory));

        assertThatThrownBy(() -> SigningKey.parse(key.secretText() + "x")).satisfies(e -> said.add(e.toString()));
        assertThatThrownBy(() -> SigningKey.parse(key.secretText().substring(1)))
                .satisfies(e -> said.add(e.toString()));
        assertThatThrownBy(() -> SigningKey.parse(key.secretText().replace("audit/", "audit/x")))
                .satisfies(e -> said.add(e.toString()));
    }
}
