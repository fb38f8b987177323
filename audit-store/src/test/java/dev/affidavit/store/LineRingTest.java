package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class LineRingTest {
    private final List<String> told = new ArrayList<>();
    private final LineRing ring = new LineRing(new StoredLines() {
        @Override
        public void lineStored(byte[] bytes, int from, int length) {
            told.add(new String(bytes, from, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void segmentBegun(SegmentName segment) {
            told.add("begun " + segment.fileName());
        }

        @Override
        public void linesMoved(SegmentName from, long count, SegmentName to) {
            told.add("moved " + count);
        }
    });

    private void add(String line) {
        byte[] bytes = (line + "and more").getBytes(StandardCharsets.US_ASCII);
        ring.prepare(bytes, line.length());
        ring.publish();
    }

    private static String line(Random random, int number, int longest) {
        String text = number + " ";
        return text + "x".repeat(random.nextInt(longest));
    }

    @Test
    void shouldTellNothingBeforeItIsAsked() {
        add("one");

        assertThat(told).isEmpty();
        assertThat(ring.hashSome()).isFalse();
        assertThat(told).containsExactly("one");
    }

    @Test
    void shouldTellLinesAndNoticesInTheirOrder() {
        ring.add(to -> to.segmentBegun(SegmentName.first(TestLog.START)));
        add("one");
        add("");
        ring.add(to -> to.linesMoved(SegmentName.first(TestLog.START), 2, SegmentName.first(TestLog.START)));
        add("two");

        assertThat(ring.hashSome()).isFalse();

        assertThat(told)
                .containsExactly("begun " + SegmentName.first(TestLog.START).fileName(), "one", "", "moved 2", "two");
    }

    @Test
    void shouldHashABoundedAmountAtATime() {
        for (int i = 0; i < 2_000; i++) {
            add("x".repeat(1_000));
        }
        told.clear();

        assertThat(ring.hashSome()).isTrue();

        assertThat(told.size()).isBetween(100, 200);
    }

    @Test
    void shouldGrowAndThenLetTheCallerHashAndNeverLoseTheOrder() {
        List<String> lines = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) { // some 50 MB, of which nobody hashes anything
            lines.add(line(random, i, 1_000));
            add(lines.get(i));
        }
        assertThat(told.size()).isBetween(90_000, 99_000);

        while (ring.hashSome()) {
            // until all are
        }

        assertThat(told).isEqualTo(lines);
    }

    @Test
    void shouldTakeLinesOfEveryLength() {
        List<String> lines = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            lines.add(line(random, i, i % 3 == 0 ? 5_000_000 : 40_000));
            add(lines.get(i));
        }
        while (ring.hashSome()) {
            // until all are
        }

        assertThat(told.equals(lines)).isTrue(); // a difference would be megabytes of text
    }

    @Test
    void shouldKeepTheOrderWhileAnotherThreadHashes() throws Exception {
        int count = 300_000;
        List<String> lines = new ArrayList<>();
        Random random = new Random(4);
        Thread hashing = new Thread(() -> {
            while (told.size()
                    < count) { // told is changed under the ring's lock alone; this thread sees its own changes
                ring.hashSome();
            }
        });
        hashing.start();
        for (int i = 0; i < count; i++) {
            lines.add(line(random, i, 300));
            add(lines.get(i));
        }
        hashing.join();

        assertThat(told).isEqualTo(lines);
    }
}
