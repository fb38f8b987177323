package dev.affidavit.store;

import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Checksum;

/**
 * Adds statements to a seal file. After a write or a force that failed, the file is written anew beside it and takes its
 * name: Linux reports a failed force once, and a second one says nothing. Used by one thread.
 */
final class SealWriter implements Closeable {
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final Path path;
    private final Disk disk;
    private SegmentFile file;
    /** Behind the last statement that is on the device. */
    private long end;
    /** Of what is before it: what is copied must be what was written. */
    private final Checksum sum = GrowingTail.checksum();

    private boolean inDoubt;

    private SealWriter(Path path, Disk disk, SegmentFile file, long end) {
        this.path = path;
        this.disk = disk;
        this.file = file;
        this.end = end;
    }

    /** Makes the seal file, with its first statement, or replaces one. It is on the device when this returns. */
    static SealWriter create(Path path, Disk disk, SignedNote first) throws IOException {
        byte[] bytes = bytes(List.of(first));
        disk.replace(path, bytes);
        return goOn(path, disk, bytes.length, false);
    }

    /**
     * Goes on in a seal file. What it has is on the device when this returns: a killed writer may have written that, and not
     * forced it.
     *
     * @param end where its last finished statement ends; what stands behind it is cut off
     */
    static SealWriter open(Path path, Disk disk, long end) throws IOException {
        return goOn(path, disk, end, true);
    }

    private static SealWriter goOn(Path path, Disk disk, long end, boolean found) throws IOException {
        SegmentFile file = disk.open(path);
        try {
            if (found) {
                if (file.length() > end) {
                    file.truncate(end);
                }
                file.force();
            }
            SealWriter writer = new SealWriter(path, disk, file, end);
            for (long at = 0; at < end; at += CHUNK_BYTES) {
                writer.sum.update(read(file, at, Math.min(end, at + CHUNK_BYTES)));
            }
            return writer;
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** Adds statements. They are on the device when this returns; none is in the file if it throws. */
    void append(List<SignedNote> notes) throws IOException {
        byte[] bytes = bytes(notes);
        if (inDoubt) {
            writeAnew(bytes);
        } else {
            inDoubt = true;
            file.write(bytes, bytes.length);
            file.force();
            inDoubt = false;
        }
        sum.update(bytes);
        end += bytes.length;
    }

    private void writeAnew(byte[] added) throws IOException {
        Checksum found = GrowingTail.checksum();
        byte[] all = new byte[Math.toIntExact(end + added.length)];
        byte[] before = read(file, 0, end);
        found.update(before);
        if (found.getValue() != sum.getValue()) {
            throw new IOException("%s: its first %d bytes are not what was written there".formatted(path, end));
        }
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(added, 0, all, before.length, added.length);
        disk.replace(path, all);
        SegmentFile anew = disk.open(path);
        try {
            file.close();
        } catch (IOException e) {
            // It has no name any more, and nothing that is not in the other.
        }
        file = anew;
        inDoubt = false;
    }

    private static byte[] read(SegmentFile from, long at, long to) throws IOException {
        byte[] all = new byte[Math.toIntExact(to - at)];
        for (int done = 0; done < all.length; ) {
            byte[] chunk = new byte[Math.min(CHUNK_BYTES, all.length - done)];
            from.read(at + done, chunk);
            System.arraycopy(chunk, 0, all, done, chunk.length);
            done += chunk.length;
        }
        return all;
    }

    static byte[] bytes(List<SignedNote> notes) {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(SignedStatement.written(note)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
