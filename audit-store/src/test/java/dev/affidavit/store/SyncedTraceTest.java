package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@link Durability#SYNCED} to the system calls that the kernel saw, with 64 threads. */
final class SyncedTraceTest {
    private static final int THREADS = 64;
    private static final int LINES_PER_THREAD = 40;
    private static final int MANY_CALLS_PER_FORCE = 4;

    @Test
    @Timeout(600)
    void shouldReturnAfterAForceThatBeganAfterTheWrite(@TempDir Path directory) throws Exception {
        Traced traced = trace(directory, Durability.SYNCED);

        assertThat(traced.uncovered()).isEmpty();
        double callsPerForce = (double) traced.writes.size() / traced.forces.size();
        System.out.printf(
                "%d calls, %d fdatasync, %.1f calls per fdatasync%n",
                traced.writes.size(), traced.forces.size(), callsPerForce);
        assertThat(callsPerForce).isGreaterThan(MANY_CALLS_PER_FORCE);
    }

    @Test
    @Timeout(600)
    void shouldFindCallsThatDidNotWaitWhenTheyNeedNot(@TempDir Path directory) throws Exception {
        Traced traced = trace(directory, Durability.WRITTEN);

        assertThat(traced.uncovered()).as("the check can tell the difference").hasSizeGreaterThan(THREADS);
    }

    private static Traced trace(Path directory, Durability durability) throws Exception {
        requireStrace();
        Path traceFile = directory.resolve("trace");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-s", "32"));
        command.addAll(List.of("-e", "trace=write,fdatasync", "-e", "signal=none", "-o", traceFile.toString()));
        command.addAll(
                ChildJvm.command(AppendingMain.class, directory.resolve("log"), directory.resolve("acks"), durability));

        ChildJvm.awaitSuccess(new ProcessBuilder(command).inheritIO().start());

        List<Call> calls = Trace.parse(Files.readAllLines(traceFile, StandardCharsets.ISO_8859_1));
        Traced traced = new Traced(
                byText(calls, "line "),
                byText(calls, "ack "),
                calls.stream().filter(call -> call.name.equals("fdatasync")).toList());
        assertThat(traced.writes).hasSize(THREADS * LINES_PER_THREAD);
        assertThat(traced.acks).containsOnlyKeys(traced.writes.keySet());
        assertThat(traced.forces).isNotEmpty();
        return traced;
    }

    private static Map<String, Call> byText(List<Call> calls, String prefix) {
        Map<String, Call> found = new HashMap<>();
        for (Call call : calls) {
            if (call.name.equals("write") && call.text.startsWith(prefix)) {
                String[] words = call.text.split(" ", -1);
                assertThat(found.put(words[1] + " " + words[2], call))
                        .as("%s is written once", call.text)
                        .isNull();
            }
        }
        return found;
    }

    private static void requireStrace() throws InterruptedException {
        boolean required = System.getProperty("affidavit.require", "").contains("strace");
        boolean works = straceWorks();
        if (required) {
            assertThat(works)
                    .as("affidavit.require names strace, so it must work")
                    .isTrue();
        }
        assumeTrue(works, "strace is not installed or may not trace: what SYNCED does is not shown in system calls");
    }

    private static boolean straceWorks() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=fdatasync", "true")
                    .redirectErrorStream(true)
                    .start();
            try (InputStream output = process.getInputStream()) {
                output.readAllBytes();
            }
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** The system calls that matter, writes and acknowledgements by thread and number. */
    private record Traced(Map<String, Call> writes, Map<String, Call> acks, List<Call> forces) {
        /** The lines for which no force of their file began after the write and ended before the call returned. */
        List<String> uncovered() {
            return writes.entrySet().stream()
                    .filter(entry -> !isCovered(entry.getValue(), Objects.requireNonNull(acks.get(entry.getKey()))))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private boolean isCovered(Call write, Call ack) {
            return forces.stream()
                    .anyMatch(force ->
                            force.descriptor == write.descriptor && write.end < force.begin && force.end < ack.begin);
        }
    }

    /**
     * A system call that succeeded.
     *
     * @param begin the place in the trace where it was entered
     * @param end the place where it was left
     */
    private record Call(String name, int descriptor, String text, int begin, int end) {}

    /**
     * What strace wrote: one line for each entry and each exit, or one for both when nothing came between. One thread
     * writes it and holds every call up until its line is noted, so that places in the file are in the order of time.
     */
    private static final class Trace {
        private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
        private static final Pattern ENTRY = Pattern.compile(".* (write|fdatasync)\\((\\d+)(?:, \"([^\"\\\\]*).*)?.*");
        private static final Pattern EXIT = Pattern.compile(".*\\) += (-?\\d+).*");

        private Trace() {}

        static List<Call> parse(List<String> lines) {
            Map<String, Integer> unfinished = new HashMap<>();
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Matcher line = LINE.matcher(lines.get(i));
                assertThat(line.matches()).as(lines.get(i)).isTrue();
                String thread = line.group(1);
                String event = line.group(2);
                if (event.endsWith("<unfinished ...>")) {
                    unfinished.put(thread, i);
                } else if (EXIT.matcher(event).matches()) {
                    int begin = event.startsWith("<...") ? Objects.requireNonNull(unfinished.remove(thread)) : i;
                    add(calls, lines.get(begin), begin, event, i);
                }
            }
            return calls;
        }

        private static void add(List<Call> calls, String entered, int begin, String left, int end) {
            Matcher entry = ENTRY.matcher(entered);
            Matcher exit = EXIT.matcher(left);
            if (entry.matches() && exit.matches() && Integer.parseInt(exit.group(1)) >= 0) {
                String text = entry.group(3) == null ? "" : entry.group(3);
                calls.add(new Call(entry.group(1), Integer.parseInt(entry.group(2)), text, begin, end));
            }
        }
    }

    /** Appends lines from many threads, and writes an acknowledgement of each call that returned. */
    static final class AppendingMain {
        private AppendingMain() {}

        public static void main(String[] arguments) throws Exception {
            Durability durability = Durability.valueOf(arguments[2]);
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            try (LogWriter log =
                            LogWriter.open(LogOptions.in(Path.of(arguments[0])).build(), LogListener.NONE);
                    FileOutputStream acks = new FileOutputStream(arguments[1], true)) {
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    threads.add(new Thread(() -> append(log, acks, number, start, durability)));
                }
                threads.forEach(Thread::start);
                start.countDown();
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }

        private static void append(
                LogWriter log, FileOutputStream acks, int thread, CountDownLatch start, Durability durability) {
            try {
                start.await();
                for (int i = 0; i < LINES_PER_THREAD; i++) {
                    String number = "%d %d ".formatted(thread, i);
                    log.append(TextLine.of("line " + number), durability);
                    acks.write(("ack " + number + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
