package dev.affidavit.testkit.appender;

import dev.affidavit.AuditException;
import dev.affidavit.spi.ShutdownHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler that ends nothing, and remembers why it was to. */
public final class RecordingShutdownHandler implements ShutdownHandler {
    private static final List<String> CAUSES = new CopyOnWriteArrayList<>();

    @Override
    public void shutDown(AuditException cause) {
        CAUSES.add(String.valueOf(cause.getMessage()));
    }

    /** What it was told since this was asked last. Waits for a call of it that is under way, for which nobody may have waited. */
    static List<String> takeCauses() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("affidavit-shutdown"))
                .forEach(RecordingShutdownHandler::join);
        List<String> taken = List.copyOf(CAUSES);
        CAUSES.clear();
        return taken;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a shutdown handler is at work", e);
        }
    }
}
