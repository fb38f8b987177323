package dev.affidavit.listening;

import static dev.affidavit.listening.ListenedLog.IDENTITY;
import static dev.affidavit.listening.ListenedLog.await;
import static dev.affidavit.listening.ListenedLog.line;
import static dev.affidavit.listening.ListenedLog.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ListenerStatistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class ListeningTest {
    @TempDir
    Path directory;

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(2);

    private ListenedLog log;

    @BeforeEach
    void open() {
        log = new ListenedLog(directory);
    }

    private void reopen(Duration lastTelling, Duration cut) {
        log.close();
        log = new ListenedLog(directory, lastTelling, cut);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void shouldTellOfEachLineOnceInOrderFromTheConfigurationOn() {
        Ear first = new Ear();
        Ear second = new Ear();
        log.append(0, 13);
        log.listening.configure(List.of(first.named("first"), second.named("second")));
        log.append(13, 27);

        log.listening.start(IDENTITY);
        log.append(27, 40);
        await(first, 27);
        log.append(40, 45);
        await(first, 32);
        await(second, 32);

        assertThat(first.lines()).isEqualTo(lines(13, 45));
        assertThat(second.lines()).isEqualTo(lines(13, 45));
        assertThat(first.threads).extracting(Thread::getName).containsOnly("affidavit-listen-first");
        assertThat(first.threads).allMatch(Thread::isDaemon);
        log.listening.close(); // a line is counted when its listener has returned
        assertThat(log.listening.statistics())
                .containsExactly(
                        new ListenerStatistics("first", 32, 0, 0, null),
                        new ListenerStatistics("second", 32, 0, 0, null));
    }

    @Test
    void shouldTellNobodyBeforeTheStart() {
        Ear ear = new Ear();
        log.listening.configure(List.of(ear.named("alerts")));
        log.append(0, 3);

        log.listening.close();

        assertThat(ear.heard).isEmpty();
        assertThat(log.listening.statistics()).isEmpty();
        log.listening.start(IDENTITY);
        assertThat(log.listening.statistics()).isEmpty();
    }

    @Test
    void shouldGoOnAfterWhatAListenerThrows() {
        Ear ear = Ear.that(text -> {
            if (text.endsWith("1")) {
                throw new java.io.IOException("no route");
            }
            if (text.endsWith("2")) {
                throw new StackOverflowError("deep");
            }
            if (text.endsWith("3")) {
                throw new HostileException();
            }
        });
        log.listen(ear.named("alerts"));

        log.append(0, 35);
        await(ear, 35);
        log.listening.close();

        assertThat(ear.lines()).isEqualTo(lines(0, 35));
        assertThat(log.listening.statistics().get(0))
                .extracting(ListenerStatistics::told, ListenerStatistics::failed)
                .containsExactly(35L, 12L);
        assertThat(log.status.errors)
                .containsExactly(
                        "audit listener 'alerts' failed at event null: java.io.IOException: no route. It is told of the"
                                + " next one all the same. Failures so far: 1",
                        "audit listener 'alerts' failed at event null: java.io.IOException: no route. It is told of the"
                                + " next one all the same. Failures so far: 10");
    }

    @Test
    void shouldLetABlockedListenerHoldUpNobodyElse() {
        CountDownLatch free = new CountDownLatch(1);
        Ear blocked = Ear.that(text -> free.await());
        Ear other = new Ear();
        log.listen(blocked.named("blocked"), other.named("other"));

        log.append(0, 30);
        await(other, 30);
        assertThat(blocked.lines()).hasSizeLessThan(2);
        free.countDown();

        await(blocked, 30);
        assertThat(blocked.lines()).isEqualTo(lines(0, 30));
    }

    @Test
    void shouldCountWhatRetentionRemovedBeforeItWasTold() {
        CountDownLatch free = new CountDownLatch(1);
        Ear slow = Ear.that(text -> free.await());
        log.listen(slow.named("slow"));
        log.append(0, 1);
        await(slow, 1);

        log.append(1, 75); // files of ten lines, of which the last five are kept: from line 30 on
        await("retention is done", () -> log.writer.statistics().segments() == 5);
        free.countDown();
        await("the last line was told", () -> slow.lines().contains(line(74)));

        List<String> told = slow.lines();
        assertThat(told).endsWith(lines(30, 75).toArray(String[]::new)).doesNotContainAnyElementsOf(lines(10, 30));
        long missed = log.listening.statistics().get(0).missed();
        assertThat(missed).isEqualTo(75 - told.size()).isGreaterThanOrEqualTo(20);
        assertThat(log.status.warnings)
                .containsExactly("audit listener 'slow' is slow: retention removed " + missed
                        + " event(s) before it was told of them");
    }

    @Test
    void shouldTellTheRestWhenItIsStopped() {
        CountDownLatch free = new CountDownLatch(1);
        Ear ear = Ear.that(text -> free.await());
        log.listen(ear.named("alerts"));
        log.append(0, 28);

        log.listening.requestStop();
        free.countDown();
        log.listening.close();

        assertThat(ear.lines()).isEqualTo(lines(0, 28));
        assertThat(ear.heard).startsWith("open").endsWith("close");
        assertThat(log.status.warnings).isEmpty();
    }

    @Test
    void shouldInterruptAListenerThatBlocksWhenItIsStopped() {
        reopen(SHORT, LONG);
        Ear blocked = Ear.that(text -> new CountDownLatch(1).await());
        Ear other = new Ear();
        log.listen(blocked.named("blocked"), other.named("other"));
        log.append(0, 5);
        await(blocked, 1);
        await(other, 5);

        log.listening.close();

        assertThat(blocked.heard).containsExactly("open", line(0), "close");
        assertThat(other.lines()).hasSize(5);
        assertThat(log.status.errors).isEmpty();
        assertThat(log.status.warnings)
                .containsExactly(
                        "audit listener 'blocked' was stopped; it was not told of 4 event(s), which the log has");
    }

    @Test
    void shouldLeaveAListenerAloneThatHeedsNoInterrupt() {
        reopen(SHORT, SHORT);
        CountDownLatch free = new CountDownLatch(1);
        Ear deaf = Ear.that(text -> {
            while (free.getCount() > 0) {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    // goes on
                }
            }
        });
        log.listen(deaf.named("deaf"));
        log.append(0, 3);
        await(deaf, 1);

        log.listening.close();
        assertThat(log.status.warnings)
                .containsExactly(
                        "audit listener 'deaf' was stopped while a call to it did not return; it was not told of"
                                + " 2 event(s), which the log has");
        free.countDown();
        await("it was closed", () -> deaf.heard.contains("close"));

        assertThat(deaf.heard).containsExactly("open", line(0), "close");
    }

    @Test
    void shouldNotWaitForTheListenerThatStopsItsOwnLog() {
        Ear ear = Ear.that(text -> log.listening.close());
        log.listen(ear.named("alerts"));

        log.append(0, 1);
        await("it was closed", () -> ear.heard.contains("close"));

        assertThat(ear.lines()).containsExactly(line(0));
    }

    @Test
    void shouldNotHeedAnInterruptThatAListenerLeaves() {
        Ear ear = Ear.that(text -> Thread.currentThread().interrupt())
                .openingWith(text -> Thread.currentThread().interrupt());
        log.listen(ear.named("alerts"));

        log.append(0, 5);
        await(ear, 5);
        log.append(5, 25);
        await(ear, 25);

        assertThat(ear.lines()).isEqualTo(lines(0, 25));
        assertThat(log.status.errors).isEmpty();
    }

    @Test
    void shouldTellAListenerOfWhatItRecordsItself() {
        Ear ear = Ear.that(text -> {
            if (text.startsWith("line")) {
                log.append("echo of " + text);
            }
        });
        log.listen(ear.named("alerts"));

        log.append(0, 15);
        await(ear, 30);

        assertThat(ear.lines().stream().filter(text -> text.startsWith("line"))).isEqualTo(lines(0, 15));
        assertThat(ear.lines().stream().filter(text -> text.startsWith("echo"))).hasSize(15);
    }

    @Test
    void shouldLeaveAListenerUndisturbedWhoseConfigurationStays() {
        Ear ear = new Ear();
        Ear other = new Ear();
        log.listen(ear.named("alerts"));
        log.append(0, 5);
        await(ear, 5);

        log.listen(other.named("other"), ear.named("alerts"));
        log.append(5, 10);
        await(ear, 10);
        await(other, 5);

        assertThat(ear.heard.stream().filter("open"::equals)).hasSize(1);
        assertThat(ear.heard).doesNotContain("close");
        assertThat(other.lines()).isEqualTo(lines(5, 10));
        assertThat(log.listening.statistics())
                .extracting(ListenerStatistics::name)
                .containsExactly("other", "alerts");
    }

    @Test
    void shouldGoOnWhereTheListenerWasThatHadTheName() {
        CountDownLatch free = new CountDownLatch(1);
        Ear before = Ear.that(text -> free.await());
        Ear after = new Ear();
        log.listen(before.named("alerts"));
        log.append(0, 25);
        await(before, 1);

        log.listening.configure(List.of(after.named("alerts")));
        log.append(25, 30);
        free.countDown();
        log.listening.start(IDENTITY);
        log.append(30, 35);
        await("the last line was told", () -> after.lines().contains(line(34)));

        int told = before.lines().size();
        assertThat(before.lines()).isEqualTo(lines(0, told));
        assertThat(after.lines()).isEqualTo(lines(told, 35));
        assertThat(before.heard).endsWith("close");
        assertThat(log.status.warnings).isEmpty();
    }

    @Test
    void shouldTellTheRestToAListenerThatIsConfiguredNoMore() {
        CountDownLatch free = new CountDownLatch(1);
        Ear ear = Ear.that(text -> free.await());
        log.listen(ear.named("alerts"));
        log.append(0, 25);
        free.countDown();

        log.listen();

        assertThat(ear.lines()).isEqualTo(lines(0, 25));
        assertThat(ear.heard).endsWith("close");
        assertThat(log.listening.statistics()).isEmpty();
        log.append(25, 30);
        log.listening.close();
        assertThat(ear.lines()).hasSize(25);
    }

    @Test
    void shouldKeepThePlaceOfAListenerThatWasConfiguredAndNotStarted() {
        Ear ear = new Ear();
        Ear late = new Ear();
        log.listening.configure(List.of(ear.named("alerts")));
        log.append(0, 5);
        log.listening.configure(List.of(ear.named("alerts"), late.named("late")));
        log.append(5, 10);

        log.listening.start(IDENTITY);
        log.listening.close();

        assertThat(ear.lines()).isEqualTo(lines(0, 10));
        assertThat(late.lines()).isEqualTo(lines(5, 10));
    }

    @Test
    void shouldTellManyWritersLinesToEachInTheOrderOfTheLog() throws InterruptedException {
        Ear first = new Ear();
        Ear second = new Ear();
        log.listen(first.named("first"), second.named("second"));
        List<Thread> writers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> log.append(number * 100, number * 100 + 40)))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        log.listening.close();

        long missed = log.listening.statistics().get(0).missed();
        assertThat(first.lines()).hasSize((int) (160 - missed)).doesNotHaveDuplicates();
        assertThat(log.listening.statistics()).allMatch(one -> one.told() + one.missed() == 160);
        if (log.listening.statistics().stream().allMatch(one -> one.missed() == 0)) {
            assertThat(second.lines()).isEqualTo(first.lines());
        }
    }

    /** Cannot even be shown. */
    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("hostile");
        }
    }
}
