package dev.affidavit.forward;

import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** What the engine takes from the JVM, so that tests can give it something else. */
record Surroundings(ThreadFactory threads, RandomGenerator random) {
    static Surroundings real() {
        return new Surroundings(Surroundings::daemon, new Random());
    }

    /** Takes nothing from the thread that happens to start it: neither its diagnostic context nor its class loader. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, "affidavit-forward", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Surroundings.class.getClassLoader());
        return thread;
    }
}
