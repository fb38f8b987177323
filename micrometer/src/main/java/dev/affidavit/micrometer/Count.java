package dev.affidavit.micrometer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;

/**
 * A count that never goes back, though what it is read from may begin anew, as a forwarder does whose configuration
 * changed: a registry that sends differences would send a negative one. Once its subject is gone it stays. Thread-safe.
 */
final class Count<T> {
    private final Subject<T> subject;
    private final ToDoubleFunction<T> value;

    /** Held while the value is read too: of two reads the earlier must not look like a new beginning. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private double before;

    @GuardedBy("lock")
    private double last;

    Count(Subject<T> subject, ToDoubleFunction<T> value) {
        this.subject = subject;
        this.value = value;
    }

    double read() {
        lock.lock();
        try {
            double now = subject.now().get().map(value::applyAsDouble).orElse(last);
            if (now < last) {
                before += last;
            }
            last = now;
            return before + now;
        } finally {
            lock.unlock();
        }
    }
}
