package dev.affidavit.listening;

import static dev.affidavit.listening.ListenedLog.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One listener, step by step. */
final class TellerTest {
    @TempDir
    Path directory;

    private ListenedLog log;

    @BeforeEach
    void open() {
        log = new ListenedLog(directory.resolve("log"));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Teller teller(Ear ear) {
        return new Teller(
                ear.named("alerts"),
                ListenedLog.IDENTITY,
                new NewLines(log.writer, Place.endOf(log.writer)),
                Decrypter.WITHOUT_KEYS,
                new Complaints("alerts", log.status));
    }

    @Test
    void shouldTellOfWhatIsThereAndThenWaitForMore() {
        Ear ear = new Ear();
        Teller teller = teller(ear);
        assertThat(teller.step()).isEqualTo(Teller.IDLE);
        log.append(0, 25);

        assertThat(teller.left()).isEqualTo(25);
        assertThat(teller.step()).isZero();
        assertThat(teller.step()).isEqualTo(Teller.IDLE);
        assertThat(teller.step()).isEqualTo(Teller.IDLE);

        assertThat(ear.lines()).isEqualTo(lines(0, 25));
        assertThat(teller.left()).isZero();
        teller.close();
    }

    @Test
    void shouldTryToOpenAListenerAgainEverLessOftenAndMissNothing() {
        AtomicInteger attempts = new AtomicInteger();
        Ear ear = new Ear().openingWith(text -> {
            if (attempts.incrementAndGet() <= 10) {
                throw new NoClassDefFoundError("com/example/Mailer");
            }
        });
        Teller teller = teller(ear);
        log.append(0, 3);

        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waits.add(teller.step());
        }
        assertThat(log.status.errors)
                .containsExactly("audit listener 'alerts' is not told of events: java.lang.NoClassDefFoundError:"
                        + " com/example/Mailer. It is tried again until it can be; the log keeps every event.");
        assertThat(teller.statistics().lastError()).contains("com/example/Mailer");
        assertThat(teller.step()).isZero();

        assertThat(waits)
                .startsWith(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800))
                .endsWith(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(ear.lines()).isEqualTo(lines(0, 3));
        assertThat(log.status.infos)
                .containsExactly("audit listener 'alerts' is told of events again, after 10 failed attempt(s)");
        teller.close();
    }

    @Test
    void shouldTellOfTheLinesBehindOneThatNoKeyOpensForAnError() {
        Ear ear = new Ear();
        AtomicInteger lines = new AtomicInteger();
        Decrypter failing = new Decrypter() {
            @Override
            public byte[] decrypt(StoredLine line) {
                if (lines.incrementAndGet() == 2) {
                    throw new NoClassDefFoundError("com/example/Key");
                }
                return line.bytes();
            }

            @Override
            public void close() {}
        };
        Teller teller = new Teller(
                ear.named("alerts"),
                ListenedLog.IDENTITY,
                new NewLines(log.writer, Place.endOf(log.writer)),
                failing,
                new Complaints("alerts", log.status));
        log.append(0, 10);

        assertThat(teller.step()).isZero();

        List<String> told = new ArrayList<>(lines(0, 10));
        told.remove(1);
        assertThat(ear.lines()).isEqualTo(told);
        assertThat(teller.statistics().failed()).isOne();
        assertThat(teller.statistics().lastError()).contains("com/example/Key");
        teller.close();
    }

    @Test
    void shouldGoOnWhereItWasWhenTheLogCanBeReadAgain() throws IOException {
        Ear ear = new Ear();
        Teller teller = teller(ear);
        log.append(0, 8);
        assertThat(teller.step()).isZero();
        log.append(8, 10);
        Path elsewhere = Files.move(directory.resolve("log"), directory.resolve("elsewhere"));

        assertThat(teller.step()).isZero(); // the file is open
        assertThat(teller.step()).isEqualTo(Teller.FIRST_WAIT); // and whether there is a later one cannot be seen
        assertThat(log.status.errors)
                .singleElement()
                .asString()
                .startsWith("audit listener 'alerts' is not told of events: dev.affidavit.store.StoreException: ");
        Files.move(elsewhere, directory.resolve("log"));
        log.append(10, 20); // to another file if the log has looked meanwhile
        assertThat(teller.step()).isZero();
        assertThat(teller.step()).isGreaterThanOrEqualTo(Duration.ZERO);

        assertThat(ear.lines()).isEqualTo(lines(0, 20));
        assertThat(log.status.infos).hasSize(1);
        teller.close();
    }

    @Test
    void shouldNotBeEndedByAStatusThatThrows() {
        Ear ear = Ear.that(text -> {
            throw new IllegalStateException("broken");
        });
        Complaints complaints = new Complaints("alerts", new ThrowingStatus());
        Teller teller = new Teller(
                ear.named("alerts"),
                ListenedLog.IDENTITY,
                new NewLines(log.writer, Place.endOf(log.writer)),
                Decrypter.WITHOUT_KEYS,
                complaints);
        log.append(0, 3);

        assertThat(teller.step()).isZero();

        assertThat(ear.lines()).hasSize(3);
        assertThat(teller.statistics().failed()).isEqualTo(3);
        teller.close();
    }

    @Test
    void shouldNotBeEndedByAnExceptionWhoseTextIsABug() {
        Complaints complaints = new Complaints("alerts", log.status);

        complaints.troubled(new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new StackOverflowError("deep");
            }
        });

        assertThat(complaints.last()).startsWith(TellerTest.class.getName());
    }

    @Test
    void shouldTellOfNothingMoreOnceItIsCut() {
        AtomicInteger told = new AtomicInteger();
        Teller[] itself = new Teller[1];
        Ear ear = Ear.that(text -> {
            if (told.incrementAndGet() == 2) {
                itself[0].cut();
            }
        });
        itself[0] = teller(ear);
        log.append(0, 9);

        assertThat(itself[0].step()).isZero();

        assertThat(ear.lines()).isEqualTo(lines(0, 2));
        assertThat(itself[0].left()).isEqualTo(7);
        itself[0].close();
    }

    @Test
    void shouldSayThatAListenerCannotBeClosed() {
        Complaints complaints = new Complaints("alerts", log.status);

        complaints.notClosed(new IllegalStateException("stuck"));

        assertThat(log.status.warnings)
                .containsExactly("audit listener 'alerts' failed when it was closed:"
                        + " java.lang.IllegalStateException: stuck");
        assertThat(complaints.last()).contains("stuck");
    }
}
