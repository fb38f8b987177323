package dev.affidavit.store;

/** Tells a listener, and survives it: one that throws has its own bug, and must not cost the log a thread. */
final class Telling {
    private final LogListener listener;

    Telling(LogListener listener) {
        this.listener = listener;
    }

    /** Whether the listener heard it without throwing. */
    boolean tell(LogNotice notice) {
        try {
            notice.tell(listener);
            return true;
        } catch (StoreException notRecorded) { // what it wanted to append; it is told again
            return false;
        } catch (Throwable e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            return false;
        }
    }
}
