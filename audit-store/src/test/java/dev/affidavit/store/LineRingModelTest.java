package dev.affidavit.store;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the schedule of who adds lines and who hashes them, each is told once and in its order. */
final class LineRingModelTest {
    /** More than one of them makes the ring grow. */
    private static final int LONG = 30_000;

    private static final int[] LENGTHS = {10, LONG, LONG, 12, LONG, 13};

    private static final SegmentName SEGMENT = SegmentName.first(TestLog.START);

    @Timeout(600)
    @Test
    void shouldKeepTheOrderWhileAnotherHashes() {
        Lincheck.runConcurrentTest(50, LineRingModelTest::run);
    }

    @Tag("campaign")
    @Timeout(1_800)
    @Test
    void shouldKeepTheOrderWhileAnotherHashesInManySchedules() {
        Lincheck.runConcurrentTest(Integer.getInteger("affidavit.lincheck.schedules", 100_000), LineRingModelTest::run);
    }

    private static void run() {
        List<Integer> told = new ArrayList<>();
        LineRing ring = new LineRing(new StoredLines() {
            @Override
            public void lineStored(byte[] bytes, int from, int length) {
                told.add(bytes[from] * LONG + length);
            }

            @Override
            public void segmentBegun(SegmentName segment) {
                told.add(-1);
            }

            @Override
            public void linesMoved(SegmentName from, long count, SegmentName to) {
                told.add(-2);
            }
        });
        Thread hashing = new Thread(() -> {
            ring.hashSome();
            ring.hashSome();
        });
        hashing.start();
        List<Integer> added = new ArrayList<>();
        for (int i = 0; i < LENGTHS.length; i++) {
            byte[] line = new byte[LENGTHS[i]];
            line[0] = (byte) i;
            ring.prepare(new byte[] {-1}, 1); // of a line that is then not stored
            ring.prepare(line, line.length);
            ring.publish();
            added.add(i * LONG + line.length);
        }
        ring.add(to -> to.segmentBegun(SEGMENT));
        added.add(-1);
        try {
            hashing.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        while (ring.hashSome()) {
            // until all are
        }
        if (!told.equals(added)) { // Lincheck would look into AssertJ too
            throw new AssertionError("told " + told + ", expected " + added);
        }
    }
}
