package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The claim of one writer on a directory. */
final class DirectoryLock implements Closeable {
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final String PROPERTY_PREFIX = "dev.affidavit.writer:";

    private final Claim claim;

    private DirectoryLock(Claim claim) {
        this.claim = claim;
    }

    /** Waits for the directory, at most {@code timeout}. */
    static DirectoryLock acquire(LogDirectory directory, Duration timeout) throws IOException {
        String property = property(directory);
        boolean interrupted = false;
        try {
            for (long start = System.nanoTime(); ; ) {
                Claim claim = Claim.tryTake(directory.lock(), property);
                if (claim != null) {
                    return new DirectoryLock(claim);
                }
                if (System.nanoTime() - start >= timeout.toNanos()) {
                    throw new DirectoryInUseException(
                            directory.path(), Claim.owner(directory.lock(), property), timeout);
                }
                LockSupport.parkNanos(RETRY.toNanos());
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a writer has the directory. */
    static boolean isHeld(LogDirectory directory) throws IOException {
        return Claim.isTaken(directory.lock(), property(directory));
    }

    private static String property(LogDirectory directory) {
        return PROPERTY_PREFIX + directory.path();
    }

    @Override
    public void close() throws IOException {
        claim.close();
    }
}
