package dev.affidavit.store;

import java.time.Duration;

/** The threads of a log: daemons that may outlive the application in whose thread the log was opened. */
final class LogThread {
    private LogThread() {}

    /** A thread that holds no thread locals and no class loader of its maker; not started. */
    static Thread of(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setContextClassLoader(LogThread.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Whether the thread ended within the limit. An interrupt neither ends the wait nor gets lost. */
    static boolean awaitEnd(Thread thread, Duration limit) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + limit.toNanos();
        while (thread.isAlive() && System.nanoTime() < deadline) {
            try {
                thread.join(limit.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
