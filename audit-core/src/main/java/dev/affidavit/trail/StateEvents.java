package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.AuditEvent;
import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.WitnessChange;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Makes events of how forwarders and witnesses fare, until the log ends: nothing follows AUDIT_LOG_STOPPED. Thread-safe. */
final class StateEvents implements ForwarderWatch {
    private final Consumer<AuditEvent> recorder;

    /** Held while such an event is recorded, which waits for no force, and for a moment when the log ends. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean ended;

    StateEvents(Consumer<AuditEvent> recorder) {
        this.recorder = recorder;
    }

    @Override
    public void changed(ForwarderChange change) {
        record(OwnEvents.forwarderState(change));
    }

    void changed(WitnessChange change) {
        record(OwnEvents.witnessState(change));
    }

    private void record(AuditEvent event) {
        lock.lock();
        try {
            if (!ended) {
                recorder.accept(event);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets no event follow. */
    void end() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }
}
