package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Checksum;

/**
 * Brings lines to safety after the device refused a force of them. That force is not tried again: Linux calls the pages
 * clean once it has said that they are not on the device. Used by the forcing thread, which holds no lock while it reads,
 * copies and forces.
 */
final class Rescuer {
    private static final int CHUNK_BYTES = 1024 * 1024;
    /** More refusals than this with few good forces between them, and the device is beyond help. */
    private static final int MAX_REFUSALS = 3;

    private static final int FEW_FORCES = 100;

    private final ActiveLog log;
    private final LogDirectory directory;
    private final PoisonedSegments poisoned;
    private final Disk disk;

    private int refusals;
    private long forcesAtLastRefusal;

    Rescuer(ActiveLog log, LogDirectory directory, Disk disk) {
        this.log = log;
        this.directory = directory;
        this.poisoned = new PoisonedSegments(directory);
        this.disk = disk;
    }

    /**
     * Copies the lines that the device refused, and those written since, to a new segment. All of them are on the device
     * when this returns.
     *
     * @param goodForces how many there were so far
     * @throws IOException if that cannot be done; the lines are where they were
     */
    Rescued rescue(Unforced refused, RefusedForceException refusal, long goodForces) throws IOException {
        List<Tail> left = new ArrayList<>(refused.rotatedOut());
        try {
            countRefusal(goodForces);
            SetAside aside = log.setAside();
            left.addAll(aside.tails());
            List<Tail> unsafe = new ArrayList<>(refusal.unsafe());
            unsafe.addAll(aside.tails());
            List<Tail> lines = unsafe.stream().filter(tail -> tail.lines() > 0).toList();
            if (!lines.isEmpty()) {
                copy(lines, aside.copy());
            }
            disk.forceDirectory(directory.path());
            log.copied(aside, lines);
            return new Rescued(aside.written(), unsafe, lines.isEmpty() ? null : aside.copy(), left);
        } catch (Throwable e) {
            close(left);
            throw e;
        }
    }

    private void countRefusal(long goodForces) throws IOException {
        refusals = goodForces - forcesAtLastRefusal > FEW_FORCES ? 1 : refusals + 1;
        forcesAtLastRefusal = goodForces;
        if (refusals > MAX_REFUSALS) {
            throw new IOException("the device has refused %d forces in close succession".formatted(refusals));
        }
    }

    /** The copy gets its name when it is on the device, and when the notes are that tell readers to go on there. */
    private void copy(List<Tail> lines, SegmentName copy) throws IOException {
        Path unfinished = poisoned.unfinished(copy);
        try (SegmentFile to = disk.create(unfinished, log.options().permissions())) {
            for (Tail tail : lines) {
                copy(tail, to);
            }
            to.force();
        }
        long at = 0;
        Map<SegmentName, Poisoned> notes = new LinkedHashMap<>();
        for (Tail tail : lines) {
            notes.putIfAbsent(tail.segment(), new Poisoned(tail.segment(), tail.from(), copy, at));
            at += tail.bytes();
        }
        for (Poisoned note : notes.values()) {
            disk.replace(poisoned.note(note.segment()), note.bytes());
        }
        disk.rename(unfinished, directory.segment(copy));
    }

    private void copy(Tail tail, SegmentFile to) throws IOException {
        Checksum sum = GrowingTail.checksum();
        for (long at = tail.from(); at < tail.to(); ) {
            byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, tail.to() - at)];
            tail.file().read(at, chunk);
            sum.update(chunk);
            to.write(chunk, chunk.length);
            at += chunk.length;
        }
        if (sum.getValue() != tail.checksum()) {
            throw new IOException("%s: bytes %d to %d are not what was written there"
                    .formatted(directory.segment(tail.segment()), tail.from(), tail.to()));
        }
    }

    /** Leaves the segments that the device refused: cuts off what was copied, and closes them. */
    Rescue leave(Rescued rescued, RefusedForceException refusal) {
        Map<SegmentName, Tail> first = new LinkedHashMap<>();
        rescued.unsafe().forEach(tail -> first.putIfAbsent(tail.segment(), tail));
        boolean cut = true;
        for (Tail tail : first.values()) {
            try {
                tail.file().truncate(tail.from());
            } catch (IOException e) {
                cut = false; // the note on it says that it is not to be read there
            }
        }
        close(rescued.left());
        Tail oldest = rescued.unsafe().get(0);
        SegmentName copy = rescued.copy();
        return new Rescue(
                oldest.segment().fileName(),
                oldest.from(),
                rescued.lines(),
                copy == null ? null : copy.fileName(),
                cut,
                refusal.reason());
    }

    private static void close(List<Tail> tails) {
        for (Tail tail : tails) {
            try {
                tail.file().close();
            } catch (IOException e) {
                // Nothing is written to it any more, and what was is safe elsewhere or reported already.
            }
        }
    }
}
