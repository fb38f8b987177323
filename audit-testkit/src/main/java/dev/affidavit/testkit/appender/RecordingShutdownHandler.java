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

    /** What it was told since this was asked last. */
    static List<String> takeCauses() {
        List<String> taken = List.copyOf(CAUSES);
        CAUSES.clear();
        return taken;
    }
}
