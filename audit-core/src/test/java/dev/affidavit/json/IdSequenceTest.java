package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdSequenceTest {
    private static final AuditEvent EVENT =
            AuditEvent.builder(EventType.AUTH_FAILURE).build();
    private static final int ID_AT = "{\"id\":\"".length();
    private static final int ID_LENGTH = "evt_1768791267123456789_1768791267".length();

    private static String id(EventLine line) {
        line.settle();
        return new String(line.bytes(), ID_AT, ID_LENGTH, StandardCharsets.US_ASCII);
    }

    private static String idAt(Instant now, IdSequence ids) {
        EventLine line = new EventLine();
        line.write(EVENT, Written.NOWHERE, now, ids);
        return id(line);
    }

    @Test
    void shouldNameTheMoment() {
        assertThat(idAt(Instant.ofEpochSecond(1_705_627_667, 1), IdSequence.beginning()))
                .isEqualTo("evt_1705627667000000001_1705627667");
    }

    @Test
    void shouldFillWithZeros() {
        assertThat(idAt(Instant.ofEpochSecond(5), IdSequence.beginning()))
                .isEqualTo("evt_0000000005000000000_0000000005");
        assertThat(idAt(Instant.ofEpochSecond(-5), IdSequence.beginning()))
                .isEqualTo("evt_0000000000000000001_0000000000");
    }

    @Test
    void shouldGoOnWhileTheClockStands() {
        IdSequence ids = IdSequence.beginning();

        List<String> written =
                IntStream.range(0, 3).mapToObj(i -> idAt(Written.NOW, ids)).toList();

        assertThat(written)
                .containsExactly(
                        "evt_1768791267123456789_1768791267",
                        "evt_1768791267123456790_1768791267",
                        "evt_1768791267123456791_1768791267");
    }

    @Test
    void shouldGoOnWhenTheClockStepsBack() {
        IdSequence ids = IdSequence.beginning();

        String before = idAt(Written.NOW, ids);
        String after = idAt(Written.NOW.minus(Duration.ofHours(1)), ids);

        assertThat(after).isGreaterThan(before).isEqualTo("evt_1768791267123456790_1768791267");
    }

    @Test
    void shouldKeepBothPartsInStepAcrossASecond() {
        IdSequence ids = IdSequence.beginning();
        Instant lastOfSecond = Instant.ofEpochSecond(1_768_791_267, 999_999_999);

        idAt(lastOfSecond, ids);

        assertThat(idAt(lastOfSecond, ids)).isEqualTo("evt_1768791268000000000_1768791268");
    }

    @Test
    void shouldGoOnBehindTheLastLineOfAnEarlierProcess() {
        byte[] last = Written.text(EVENT).getBytes(StandardCharsets.UTF_8);

        String next = idAt(Written.NOW.minus(Duration.ofDays(1)), IdSequence.after(last));

        assertThat(next).isEqualTo("evt_1768791267123456790_1768791267");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "not an event",
                "{\"id\":\"evt_1_1\"}",
                " {\"id\":\"evt_1768791267123456789_1768791267\"}",
                "{\"x\":1,\"id\":\"evt_1768791267123456789_1768791267\"}",
                "{\"id\":\"evt_9223372036854775807_9223372036\"}",
                "{\"id\":\"evt_9999999999999999999_9999999999\"}"
            })
    void shouldNotGoOnBehindALineThatIsNotItsOwn(String line) {
        IdSequence ids = IdSequence.after(line.getBytes(StandardCharsets.UTF_8));

        assertThat(idAt(Instant.ofEpochSecond(5), ids)).isEqualTo("evt_0000000005000000000_0000000005");
    }

    @Test
    void shouldIncreaseInTheOrderOfTheLinesWhateverTheThreads() throws InterruptedException {
        IdSequence ids = IdSequence.beginning();
        ReentrantLock order = new ReentrantLock();
        List<String> written = new ArrayList<>();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> {
                    EventLine line = new EventLine();
                    for (int i = 0; i < 2000; i++) {
                        // Written before its place is known, and by a clock that differs from thread to thread.
                        line.write(EVENT, Written.NOWHERE, Instant.now().minusMillis(number), ids);
                        order.lock();
                        try {
                            written.add(id(line));
                        } finally {
                            order.unlock();
                        }
                    }
                }))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(written).hasSize(16_000).isSorted().doesNotHaveDuplicates();
    }
}
