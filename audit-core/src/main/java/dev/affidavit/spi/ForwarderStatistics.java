package dev.affidavit.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A forwarder at one moment; counts are since it was started.
 *
 * @param name its configured name
 * @param destination where to, without secrets
 * @param state how it fares
 * @param since when it came into that state
 * @param connected whether it has a connection
 * @param delivered how many lines the destination took, those sent again included
 * @param refused how many lines went to the dead letters
 * @param failures how many attempts failed
 * @param perSecond how many lines were delivered a second, over the last minute
 * @param lagBytes how many bytes of the log are not delivered yet; -1 if that cannot be told
 * @param lag how old the oldest line is that is not delivered yet, by its timestamp; null if there is none, or it was
 *     not read yet
 * @param lastError the last failure; null if there was none
 */
public record ForwarderStatistics(
        String name,
        String destination,
        ForwarderState state,
        Instant since,
        boolean connected,
        long delivered,
        long refused,
        long failures,
        double perSecond,
        long lagBytes,
        @Nullable Duration lag,
        @Nullable String lastError) {
    /** One line for a person, such as {@code soc to syslog on siem port 601 (tcp): DELIVERING since …, connected, …}. */
    public String summary() {
        return "%s to %s: %s since %s, %s, %d delivered, %d refused, %s%s"
                .formatted(
                        name,
                        destination,
                        state,
                        since,
                        connected ? "connected" : "not connected",
                        delivered,
                        refused,
                        lagText(),
                        lastError == null ? "" : ", last error: " + lastError);
    }

    private String lagText() {
        if (lagBytes == 0) {
            return "no lag";
        }
        String bytes = lagBytes < 0 ? "lag unknown" : "lag " + lagBytes + " bytes";
        return lag == null ? bytes : bytes + ", " + lag.toSeconds() + " s";
    }
}
