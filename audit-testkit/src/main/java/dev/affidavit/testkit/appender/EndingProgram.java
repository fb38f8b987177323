package dev.affidavit.testkit.appender;

import dev.affidavit.AuditLogger;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that logs while its JVM ends. Its arguments are what it does, one after the other. Says of each call what
 * came of it, on standard output, with one system call for each.
 */
public final class EndingProgram {
    /** Calls of each kind of logger in a hook. */
    static final int CALLS_OF_A_HOOK = 5;

    private static final int THREADS_OF_EACH = 2;
    private static final int CALLS_BEFORE_EXIT = 500;
    /** A call that fails takes no time, and says so at length. */
    private static final long PAUSE_NANOS = 50_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A call that waits for its receipt though it is certain to fail would not answer, nor let its JVM end. */
    private final Calls calls = new Calls(AuditLogger.get("security").withReceiptTimeout(Duration.ofHours(1)));

    private final OutputStream answers = new FileOutputStream(FileDescriptor.out);

    private EndingProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err); // standard output is for answers alone
        EndingProgram program = new EndingProgram();
        for (String argument : arguments) {
            program.act(argument);
        }
    }

    private void act(String what) throws Exception {
        switch (what) {
            case "audit" -> call("main", Caller.AUDIT_LOGGER);
            case "plain" -> call("main", Caller.PLAIN_LOGGER);
            case "load" -> load();
            case "hook" -> hook(() -> callAll("hook"));
            case "late-hook" -> hook(this::callAllWhenTheLogIsClosed);
            case "exit" -> System.exit(0);
            case "wait" -> waitForEver();
            default ->
                hook(Class.forName(what)
                        .asSubclass(Runnable.class)
                        .getConstructor()
                        .newInstance());
        }
    }

    private static void waitForEver() {
        while (true) {
            LockSupport.park(); // which returns at once where an earlier unpark was not used up
        }
    }

    private static void hook(Runnable does) {
        Runtime.getRuntime().addShutdownHook(new Thread(does, "hook"));
    }

    private void callAllWhenTheLogIsClosed() {
        Deadline.await(
                "the log is closed", LIMIT, () -> AuditTrails.statistics().isEmpty());
        callAll("late-hook");
    }

    private void callAll(String where) {
        for (int i = 0; i < CALLS_OF_A_HOOK; i++) {
            for (Caller caller : Caller.values()) {
                call(where, caller);
            }
        }
    }

    private void load() {
        for (Caller caller : Caller.values()) {
            for (int i = 0; i < THREADS_OF_EACH; i++) {
                Thread thread = new Thread(() -> {
                    while (true) {
                        call("load", caller);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
        }
        Deadline.await(CALLS_BEFORE_EXIT + " calls", LIMIT, () -> calls.made() >= CALLS_BEFORE_EXIT);
    }

    private void call(String where, Caller caller) {
        long start = System.nanoTime();
        Calls.Made made = calls.make(caller, 100);
        long millis = (System.nanoTime() - start) / 1_000_000;
        String answer = made.message().isEmpty()
                ? "returned"
                : "threw: " + made.message().replace('\n', ' ');
        try {
            answers.write("%s %s %d %s%n"
                    .formatted(where, made.name(), millis, answer)
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
