package dev.affidavit.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that the promise of {@code written} asks for, and nothing else: the finished line to a file under a lock, while a thread
 * beside the callers hashes each line and forces. No system that keeps the promise with a write for each line can be faster.
 */
final class ForcedWriteCall implements Call {
    /** The product's default. */
    private static final int LINES_UNFORCED = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final RandomAccessFile file;
    private final byte[] line;
    private final Thread forcer = new Thread(this::forceUntilClosed, "forcer");

    private final AtomicLong written = new AtomicLong();

    private volatile boolean closed;

    private ForcedWriteCall(RandomAccessFile file, byte[] line) {
        this.file = file;
        this.line = line;
    }

    static ForcedWriteCall open(SampleEvent event, Path directory) throws IOException {
        RandomAccessFile file =
                new RandomAccessFile(directory.resolve("forced.log").toFile(), "rw");
        ForcedWriteCall call = new ForcedWriteCall(file, event.line().getBytes(StandardCharsets.UTF_8));
        call.forcer.start();
        return call;
    }

    @Override
    public void make() throws IOException {
        lock.lock();
        try {
            file.write(line, 0, line.length);
        } finally {
            lock.unlock();
        }
        if (written.incrementAndGet() % LINES_UNFORCED == 0) {
            LockSupport.unpark(forcer);
        }
    }

    private void forceUntilClosed() {
        long forced = 0;
        long hashed = 0;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            while (!closed) {
                while (!closed && written.get() - forced < LINES_UNFORCED) {
                    LockSupport.park(this);
                }
                long upTo = written.get();
                file.getChannel().force(false);
                forced = upTo;
                for (; hashed < upTo; hashed++) {
                    digest.digest(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(forcer);
        try {
            forcer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
