package dev.affidavit.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A file as a process sees it, and as the device may have it: what was forced last, and any of the changes since, page by
 * page. What a refused force was for never reaches the device, whatever force comes after it: as on Linux, which then
 * calls the pages clean. Not thread-safe.
 */
final class ReplayedFile {
    private static final int PAGE_BYTES = 4096;
    /** Of how many moments the pages of one file are mixed. */
    private static final int MOMENTS = 4;

    private byte[] seen = new byte[0];
    private Instant modified;
    private byte[] forced = new byte[0];
    /** Not forced, oldest first. */
    private List<Step.Change> changes = new ArrayList<>();
    /** How many were forced before these. */
    private int earlier;

    ReplayedFile(Instant created) {
        this.modified = created;
    }

    void change(Step.Change change, Instant at) {
        seen = changed(seen, change);
        changes.add(change);
        modified = at;
    }

    /** What a force that begins now is for. */
    int beginForce() {
        return earlier + changes.size();
    }

    void endForce(int begun, boolean good) {
        int count = Math.max(0, begun - earlier);
        if (good) {
            forced = after(count);
            changes = new ArrayList<>(changes.subList(count, changes.size()));
            earlier += count;
        } else {
            changes.subList(0, count).replaceAll(ReplayedFile::lost);
        }
    }

    private static Step.Change lost(Step.Change change) {
        return change instanceof Step.Written written
                ? new Step.Written(written.file(), written.at(), new byte[written.bytes().length])
                : change;
    }

    Instant modified() {
        return modified;
    }

    /** What other processes see, and the next ones after a kill. */
    byte[] seen() {
        return seen;
    }

    byte[] seenAfter(Step.Written next) {
        return changed(seen, next);
    }

    boolean canHaveWhatIsSeen() {
        return Arrays.equals(all(), seen);
    }

    byte[] forced() {
        return forced;
    }

    /** What the device has if it has got all that it can get. */
    byte[] all() {
        return after(changes.size());
    }

    /** Any of what the device can have. */
    byte[] any(RandomGenerator random) {
        if (changes.isEmpty()) {
            return forced;
        }
        if (random.nextInt(3) == 0) {
            return after(random.nextInt(changes.size() + 1));
        }
        List<byte[]> moments = new ArrayList<>(List.of(forced, all()));
        while (moments.size() < MOMENTS) {
            moments.add(after(random.nextInt(changes.size() + 1)));
        }
        int size = moments.get(random.nextInt(MOMENTS)).length;
        byte[] mixed = new byte[size];
        for (int page = 0; page < size; page += PAGE_BYTES) {
            byte[] from = moments.get(random.nextInt(MOMENTS));
            int end = Math.min(page + PAGE_BYTES, Math.min(size, from.length));
            if (page < end) {
                System.arraycopy(from, page, mixed, page, end - page);
            }
        }
        return mixed;
    }

    private byte[] after(int count) {
        byte[] content = forced;
        for (Step.Change change : changes.subList(0, count)) {
            content = changed(content, change);
        }
        return content;
    }

    /** A new array: others may keep the old one. */
    private static byte[] changed(byte[] content, Step.Change change) {
        if (change instanceof Step.Written written) {
            int at = Math.toIntExact(written.at());
            int end = at + written.bytes().length;
            byte[] next = Arrays.copyOf(content, Math.max(content.length, end));
            System.arraycopy(written.bytes(), 0, next, at, written.bytes().length);
            return next;
        }
        return Arrays.copyOf(content, Math.toIntExact(((Step.Cut) change).length()));
    }
}
