package dev.affidavit.benchmarks;

import dev.affidavit.store.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** What anyone would write first: the finished line to a file, under a lock; for {@code synced} with fdatasync. */
final class BareWriteCall implements Call {
    private final ReentrantLock lock = new ReentrantLock();
    private final RandomAccessFile file;
    private final byte[] line;
    private final Durability durability;

    private BareWriteCall(RandomAccessFile file, byte[] line, Durability durability) {
        this.file = file;
        this.line = line;
        this.durability = durability;
    }

    static BareWriteCall open(SampleEvent event, Path directory, Durability durability) throws IOException {
        RandomAccessFile file =
                new RandomAccessFile(directory.resolve("bare.log").toFile(), "rw");
        return new BareWriteCall(file, event.line().getBytes(StandardCharsets.UTF_8), durability);
    }

    @Override
    public void make() throws IOException {
        lock.lock();
        try {
            file.write(line, 0, line.length);
            if (durability == Durability.SYNCED) {
                file.getChannel().force(false);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
