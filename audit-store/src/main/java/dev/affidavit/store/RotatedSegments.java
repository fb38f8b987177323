package dev.affidavit.store;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The segments before the one being written, kept in memory so that no rotation has to list a large directory.
 * Thread-safe: the writer adds, housekeeping removes.
 */
final class RotatedSegments {
    private final NavigableMap<SegmentName, RotatedSegment> segments = new ConcurrentSkipListMap<>();
    /** Of its own, since the map would count them one by one. */
    private final AtomicInteger count = new AtomicInteger();

    private final AtomicLong bytes = new AtomicLong();

    RotatedSegments(List<RotatedSegment> found) {
        found.forEach(this::add);
    }

    /** Adds a segment, unless it is here. */
    void add(RotatedSegment segment) {
        if (segments.putIfAbsent(segment.name(), segment) == null) {
            count.incrementAndGet();
            bytes.addAndGet(segment.bytes());
        }
    }

    void remove(SegmentName name) {
        RotatedSegment removed = segments.remove(name);
        if (removed != null) {
            count.decrementAndGet();
            bytes.addAndGet(-removed.bytes());
        }
    }

    boolean contains(SegmentName name) {
        return segments.containsKey(name);
    }

    /** Counts less for a segment, if it is there. */
    void shorten(SegmentName name, long by) {
        RotatedSegment shorter = segments.computeIfPresent(
                name, (same, before) -> new RotatedSegment(name, before.bytes() - by, before.modified()));
        if (shorter != null) {
            bytes.addAndGet(-by);
        }
    }

    /** Those that are there now; more may come meanwhile. */
    Collection<RotatedSegment> oldestFirst() {
        return segments.values();
    }

    @Nullable
    RotatedSegment oldest() {
        var oldest = segments.firstEntry();
        return oldest == null ? null : oldest.getValue();
    }

    int count() {
        return count.get();
    }

    long bytes() {
        return bytes.get();
    }
}
