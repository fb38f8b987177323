package dev.affidavit.acceptance;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.testkit.TextLine;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * An application whose callers are a thousand virtual threads. Says what came of them: {@code recorded} or {@code stored} and the name
 * of each event, {@code failed} and why, {@code pinned} and where. Compiled for a Java that has no such threads.
 */
final class VirtualThreadApplication {
    static final int THREADS = 1000;
    static final int EVENTS = 10;

    /** In the first, classes are loaded and linked, and whoever waits for that is pinned by any; the second one is looked at. */
    static final int ROUNDS = 2;

    private static final Duration ON_PURPOSE = Duration.ofMillis(50);

    private static final Queue<String> SAID = new ConcurrentLinkedQueue<>();

    private VirtualThreadApplication() {}

    /** Arguments: a directory for a log of the store alone, a file for the recording. */
    public static void main(String[] arguments) throws Exception {
        AuditLogger audit = AuditLogger.get("acceptance").withReceiptTimeout(Duration.ofMinutes(1));
        record(audit, 0, 0); // a framework starts in an initializer, and whoever waits for that is pinned by any
        Path store = Path.of(arguments[0]);
        try (Recording recording = new Recording();
                LogWriter writer = LogWriter.open(LogOptions.in(store).build(), LogListener.NONE)) {
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
            for (int round = 0; round < ROUNDS; round++) {
                if (round == ROUNDS - 1) {
                    recording.start();
                }
                inThreads(round, (thread, number) -> record(audit, thread, number));
                inThreads(round, (thread, number) -> store(writer, thread, number));
            }
            start(PinnedOnPurpose::begin).join(); // or the recording might show nothing at all
            recording.stop();
            recording.dump(Path.of(arguments[1]));
        }
        for (RecordedEvent event : RecordingFile.readAllEvents(Path.of(arguments[1]))) {
            SAID.add("pinned because of %s in %s < %s"
                    .formatted(event.getString("pinnedReason"), event.getString("blockingOperation"), frames(event)));
        }
        SAID.forEach(System.out::println);
        System.exit(0);
    }

    /** All of them, the innermost first. */
    private static String frames(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        return stack == null
                ? "nowhere"
                : stack.getFrames().stream()
                        .map(RecordedFrame::getMethod)
                        .map(method -> method.getType().getName() + "." + method.getName())
                        .collect(Collectors.joining(" < "));
    }

    /** Every fifth is CRITICAL, and so synced. */
    private static void record(AuditLogger audit, int thread, int number) {
        String name = EventName.of(1, thread, number);
        audit.record(
                number % 5 == 4 ? EventType.SYSTEM_COMPROMISE : EventType.AUTH_SUCCESS, event -> event.sessionId(name));
        SAID.add("recorded " + name);
    }

    private static void store(LogWriter writer, int thread, int number) {
        String name = EventName.of(2, thread, number);
        writer.append(TextLine.of(name), number % 2 == 0 ? Durability.WRITTEN : Durability.SYNCED);
        SAID.add("stored " + name);
    }

    private static void inThreads(int round, Call call) throws ReflectiveOperationException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= THREADS; i++) {
            int thread = i;
            threads.add(start(() -> {
                for (int number = 0; number < EVENTS; number++) {
                    make(call, thread, round * EVENTS + number);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** One thread in ten is interrupted when it calls, one while it does; both must be so afterwards. */
    private static void make(Call call, int thread, int number) {
        Thread caller = Thread.currentThread();
        boolean kept;
        try {
            if (thread % 10 == 0) {
                caller.interrupt();
                call.make(thread, number);
                kept = Thread.interrupted();
            } else if (thread % 10 == 1) {
                Thread other = start(caller::interrupt);
                call.make(thread, number);
                kept = isInterruptedBy(other);
            } else {
                call.make(thread, number);
                kept = !Thread.interrupted();
            }
            if (!kept) {
                SAID.add("failed to leave the interrupt of thread " + thread + " as it was");
            }
        } catch (Throwable e) {
            SAID.add("failed " + e);
        }
    }

    /** Waits for it, without spinning: virtual threads that yield to each other hold up all that is to be woken from outside. */
    private static boolean isInterruptedBy(Thread other) {
        try {
            other.join();
        } catch (InterruptedException e) {
            return true;
        }
        return Thread.interrupted();
    }

    private static Thread start(Runnable body) throws ReflectiveOperationException {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        return (Thread) start.invoke(null, body);
    }

    private interface Call {
        void make(int thread, int number);
    }

    private static final class PinnedOnPurpose {
        static {
            LockSupport.parkNanos(ON_PURPOSE.toNanos());
        }

        static void begin() {
            // the initializer does it
        }
    }
}
