package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receiver that is away and a hold that an operator places keep of a busy log, and what goes when they end. */
@RequiresProgram("rsyslogd")
@Timeout(600)
final class RetentionTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int MAX_FILES = 3;
    private static final int MANY_FILES = 10;
    private static final int THREADS = 2;
    /** Retention waits for the seals of files, and each seal for the disk several times: so files must not come too fast. */
    private static final int PAUSE_MICROS = 10_000;

    private static final Pattern REMOVED = Pattern.compile("\"name\":\"(security_audit_[^\"]*\\.log)\"");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldKeepWhatIsNotDeliveredOrHeldAndNothingElse(Framework framework) throws IOException {
        Path log = directory.resolve("log");
        Ledger ledger = new Ledger(directory.resolve("ledger"));
        try (RsyslogServer rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")))) {
            rsyslog.stop();
            ChildJvm.Builder application = framework
                    .application(directory, "16KB", rsyslog.port())
                    .option("-Dacceptance.maxFiles=" + MAX_FILES)
                    .argument(1)
                    .argument(THREADS)
                    .argument(Integer.MAX_VALUE)
                    .argument(PAUSE_MICROS);
            List<String> undelivered;
            List<String> held;
            try (ChildJvm child = application.start(ledger.file(), directory.resolve("errors"))) {
                await(
                        "nothing is removed",
                        () -> Files.exists(log) && files(log).size() > MANY_FILES,
                        child);
                undelivered = files(log);
                assertThat(content(log).lines().findFirst()).get().asString().contains("AUDIT_LOG_STARTED");

                Path hold = log.resolve(".affidavit").resolve("holds").resolve("case-4711");
                Path order = Files.writeString(directory.resolve("order"), "ordered by the court");
                Files.move(order, hold); // with its text: the application may look right now
                rsyslog.start();
                rsyslog.await(content(log).lines().count(), SOON);
                int before = files(log).size();
                await("more is written", () -> files(log).size() > before + MANY_FILES, child);
                await("the hold is recorded", () -> content(log).contains("\"action\":\"placed\""), child);
                held = files(log);
                assertThat(held).startsWith(undelivered.toArray(String[]::new));

                Files.delete(hold);
                List<String> tooMuch = held.subList(0, held.size() - MAX_FILES);
                await("what is too much is removed", () -> Collections.disjoint(files(log), tooMuch), child);
                // A hold may end between the look at the holds and the removal behind it; the next look records it.
                await(
                        "the end of the hold is recorded",
                        () -> holds(known(log, rsyslog)).size() == 2,
                        child);
                child.kill(); // in the middle of its work
            }

            // rsyslog may still read from its socket
            Deadline.await("every event and every record of a removal is in a file or at rsyslog", SOON, () -> {
                Set<String> known = known(log, rsyslog);
                return found(EventName.PATTERN, known).containsAll(ledger.names())
                        && found(REMOVED, known).containsAll(held.subList(0, held.size() - MAX_FILES))
                        && holds(known).size() >= 2;
            });
            Set<String> all = known(log, rsyslog);
            assertThat(holds(all))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("\"action\":\"placed\",\"reason\":\"ordered by the court\""))
                    .anyMatch(line -> line.contains("\"action\":\"released\""));
            assertThat(all).noneMatch(line -> line.contains("undelivered_to"));
            System.out.printf(
                    "%s: %d events acknowledged, %d files kept for rsyslog and %d under a hold, %d of them removed later%n",
                    framework, ledger.size(), undelivered.size(), held.size(), held.size() - MAX_FILES);
        }
    }

    private void await(String what, BooleanSupplier condition, ChildJvm child) {
        Deadline.await(what, SOON, () -> condition.getAsBoolean() || !child.isAlive());
        assertThat(child.isAlive()).isTrue();
    }

    private static Set<String> known(Path log, RsyslogServer rsyslog) {
        Set<String> lines = new HashSet<>(rsyslog.messages());
        content(log).lines().forEach(lines::add);
        return lines;
    }

    private static List<String> holds(Set<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("\"AUDIT_LEGAL_HOLD\""))
                .toList();
    }

    private static String content(Path log) {
        while (true) {
            try {
                return LogFiles.content(log);
            } catch (NoSuchFileException e) {
                // Removed since it was listed: that is what is tested.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> files(Path log) {
        try {
            return LogFiles.in(log).stream()
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, Set<String> lines) {
        Set<String> found = new HashSet<>();
        for (String line : lines) {
            pattern.matcher(line)
                    .results()
                    .map(match -> match.group(match.groupCount()))
                    .forEach(found::add);
        }
        return found;
    }
}
