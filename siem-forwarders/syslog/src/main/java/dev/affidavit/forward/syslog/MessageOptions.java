package dev.affidavit.forward.syslog;

import dev.affidavit.spi.LogIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What messages look like.
 *
 * @param appName null for the service of the log
 * @param cee whether what follows is announced as JSON
 * @param maxMessageSize in bytes, of a whole message
 */
record MessageOptions(Facility facility, @Nullable String appName, int enterpriseId, boolean cee, int maxMessageSize) {
    /** Of {@code maxMessageSize}: no message is too long. */
    static final int NO_LIMIT = Integer.MAX_VALUE;

    Encoder encoder(LogIdentity log) {
        Sender sender = new Sender(
                facility, appName(log), enterpriseId, ProcessHandle.current().pid());
        return new Encoder(new Header(log, sender), cee, maxMessageSize);
    }

    private String appName(LogIdentity log) {
        if (appName != null) {
            return appName;
        }
        return log.service().isEmpty() ? "affidavit" : log.service();
    }
}
