package dev.affidavit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a long command is: one line on a terminal, written over again and again, and erased at the end. Thread-safe.
 */
final class Progress implements AutoCloseable {
    /** Often enough to be seen moving. */
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** What Linux says of standard error and standard output. */
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private static final String ERASE = "\r\u001b[K";

    private final @Nullable PrintWriter terminal;
    private final LongSupplier nanos;
    private long shown;
    private boolean isShown;

    private Progress(@Nullable PrintWriter terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** Shown on {@code err} if standard error is a terminal, and nowhere if it is not, or nobody can tell. */
    static Progress on(PrintWriter err) {
        return isTerminal(STANDARD_ERROR) ? on(err, System::nanoTime) : new Progress(null, System::nanoTime);
    }

    /** The same beside long output: nowhere if that is on the terminal itself. */
    static Progress beside(PrintWriter err) {
        return isTerminal(STANDARD_OUTPUT) ? new Progress(null, System::nanoTime) : on(err);
    }

    static Progress on(PrintWriter terminal, LongSupplier nanos) {
        return new Progress(terminal, nanos);
    }

    private static boolean isTerminal(Path stream) {
        try {
            Path device = Files.readSymbolicLink(stream);
            return device.startsWith("/dev/pts") || device.toString().matches("/dev/(tty.*|console)");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return false;
        }
    }

    /** Shows the text, which must be of one line, unless one was shown a moment ago. */
    void show(String text) {
        show(() -> text);
    }

    /** The same of a text that is made only if it is shown. */
    synchronized void show(Supplier<String> text) {
        if (terminal == null) {
            return;
        }
        long now = nanos.getAsLong();
        if (!isShown || now - shown >= PAUSE.toNanos()) {
            terminal.print(ERASE + text.get());
            terminal.flush();
            shown = now;
            isShown = true;
        }
    }

    @Override
    public synchronized void close() {
        if (terminal != null && isShown) {
            terminal.print(ERASE);
            terminal.flush();
        }
    }
}
