package dev.affidavit.trail;

import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.FrameworkStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has the content key of the next segment made before it is needed, where a service wraps it: no line waits for that then. Its
 * thread begins when it is wanted first. Thread-safe.
 */
final class KeysAhead implements AutoCloseable {
    /** A service that is down stays so for longer than this, and nobody is asked more often. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Encrypter encrypter;
    private final FrameworkStatus status;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;

    /** What was said last. Of the thread alone. */
    private @Nullable String said;

    KeysAhead(Encrypter encrypter, FrameworkStatus status) {
        this.encrypter = encrypter;
        this.status = status;
        this.thread = new Thread(null, this::run, "affidavit-keys", 0, false);
        this.thread.setContextClassLoader(null);
        this.thread.setDaemon(true);
    }

    /** A key is wanted soon. Does not block. */
    void wanted() {
        if (!started.get() && started.compareAndSet(false, true)) {
            start();
        }
        LockSupport.unpark(thread);
    }

    /** The line that wants the key is encrypted: it must not be lost for want of a thread. */
    private void start() {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            started.set(false);
        }
    }

    private void run() {
        while (!closed) {
            if (encrypter.isPrepared()) {
                LockSupport.park(this);
            } else if (!prepared()) {
                pause();
            }
        }
    }

    /** Each line wants a key meanwhile, and wakes the thread. */
    private void pause() {
        long start = System.nanoTime();
        for (long left = RETRY.toNanos(); left > 0 && !closed; left = RETRY.toNanos() - (System.nanoTime() - start)) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted(); // a service's client may leave one, and the next wait would be none
        }
    }

    private boolean prepared() {
        try {
            encrypter.prepare();
            said = null;
            return true;
        } catch (Throwable e) { // others' code: the next segment tries again itself
            String words = "audit log: the content key of the next file cannot be made yet: " + e.getMessage();
            if (!closed && !words.equals(said)) {
                status.warn(words);
                said = words;
            }
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
