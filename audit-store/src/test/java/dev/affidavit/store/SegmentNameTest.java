package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentNameTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:08:07.654321Z");

    @Test
    void shouldNameTheSecondInUtc() {
        SegmentName name = SegmentName.first(NOW);

        assertThat(name.fileName()).isEqualTo("security_audit_2026-11-21_09-08-07.log");
    }

    @Test
    void shouldNumberTheNextOnesOfOneSecond() {
        SegmentName second = SegmentName.first(NOW).next(NOW.plusMillis(100));
        SegmentName third = second.next(NOW.plusMillis(200));

        assertThat(second.fileName()).isEqualTo("security_audit_2026-11-21_09-08-07_001.log");
        assertThat(third.fileName()).isEqualTo("security_audit_2026-11-21_09-08-07_002.log");
    }

    @Test
    void shouldDropTheNumberInALaterSecond() {
        SegmentName name = SegmentName.first(NOW).next(NOW).next(NOW.plusSeconds(1));

        assertThat(name.fileName()).isEqualTo("security_audit_2026-11-21_09-08-08.log");
    }

    @Test
    void shouldSortAfterOlderNamesWhenTheClockStepsBack() {
        SegmentName name = SegmentName.first(NOW).next(NOW.minusSeconds(3600));

        assertThat(name.fileName()).isEqualTo("security_audit_2026-11-21_09-08-07_001.log");
    }

    @Test
    void shouldBorrowTheNextSecondAfterNumber999() {
        SegmentName name = new SegmentName(SegmentName.first(NOW).second(), 999);

        SegmentName next = name.next(NOW);

        assertThat(next.fileName()).isEqualTo("security_audit_2026-11-21_09-08-08.log");
        assertThat(next.next(NOW).fileName()).isEqualTo("security_audit_2026-11-21_09-08-08_001.log");
    }

    @Test
    void shouldSortAsTextByAgeWhateverTheClockDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Instant now = NOW;
        List<SegmentName> byAge = new ArrayList<>(List.of(SegmentName.first(now)));

        for (int i = 0; i < 5_000; i++) {
            now = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(-100_000, 100_000) : random.nextInt(3));
            byAge.add(byAge.get(i).next(now));
        }

        List<String> texts = byAge.stream().map(SegmentName::fileName).toList();
        assertThat(texts).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
        assertThat(byAge).as("seed %d", seed).isSorted();
        List<SegmentName> shuffled = new ArrayList<>(byAge);
        Collections.shuffle(shuffled, random);
        assertThat(shuffled.stream().sorted().toList()).as("seed %d", seed).isEqualTo(byAge);
    }

    @Test
    void shouldParseWhatItNames() {
        SegmentName plain = SegmentName.first(NOW);
        SegmentName numbered = new SegmentName(plain.second(), 999);

        assertThat(SegmentName.parse(plain.fileName())).contains(plain);
        assertThat(SegmentName.parse(numbered.fileName())).contains(numbered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "security_audit_2026-11-21_09-08-07.log.seal",
                "security_audit_2026-11-21_09-08-07.log ",
                "security_audit_2026-11-21_09-08-07_1.log",
                "security_audit_2026-11-21_09-08-07_1000.log",
                "security_audit_2026-11-21_09-08-07_000.log",
                "security_audit_2026-13-21_09-08-07.log",
                "security_audit_2026-02-30_09-08-07.log",
                "security_audit_2026-11-21_24-00-00.log",
                "security_audit_2026-11-21_09-08-60.log",
                "../security_audit_2026-11-21_09-08-07.log",
                "Security_audit_2026-11-21_09-08-07.log"
            })
    void shouldParseNothingElse(String fileName) {
        assertThat(SegmentName.parse(fileName)).isEmpty();
    }
}
