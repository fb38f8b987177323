package dev.affidavit.trail;

import dev.affidavit.AuditException;
import dev.affidavit.spi.ShutdownHandler;
import java.time.Duration;

/** Says why on standard error and halts, without shutdown hooks: they could go on working without an audit log. */
final class Halt implements ShutdownHandler {
    /** "Input/output error" of sysexits.h. */
    static final int EXIT_STATUS = 74;

    /** Standard error may be a pipe that nobody reads, or the application's own object. */
    private static final Duration LONGEST_MESSAGE = Duration.ofSeconds(2);

    @Override
    public void shutDown(AuditException cause) {
        try {
            String words =
                    "Audit logging failed and onFailure is shutdown: ending the application. " + cause.getMessage();
            Thread message = new Thread(() -> say(words), "affidavit-last-words");
            message.setDaemon(true);
            message.start();
            message.join(LONGEST_MESSAGE.toMillis());
        } catch (InterruptedException e) {
            // Said or not, it ends here.
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }

    private static void say(String words) {
        System.err.println(words);
        System.err.flush();
    }
}
