package dev.affidavit.forward;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line that a destination refuses for good, or that cannot be decrypted. The log still has it, at the place named here; this
 * copy is to be looked at, and to be sent again. Of a line that is encrypted in the log nothing is shown here.
 *
 * @param time when that was
 * @param forwarder by whose destination
 * @param destination where to, without secrets
 * @param logId the random name of the log
 * @param segment the file of the log in which it stands
 * @param offset where in that file its first byte is
 * @param eventId its field {@code id}; null if it has none, or is encrypted
 * @param refusals how often it was refused, this time included
 * @param reason what the destination said, of an encrypted line its first word; or why it cannot be decrypted
 * @param line its bytes as they stand in the log, without {@code \n}; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a letter is known by its place, never compared by equals
public record DeadLetter(
        Instant time,
        String forwarder,
        String destination,
        String logId,
        String segment,
        long offset,
        @Nullable String eventId,
        int refusals,
        String reason,
        byte[] line) {
    /** One line of JSON, as it stands in the file; without {@code \n}. */
    public String json() {
        return new String(DeadLetterText.write(this), StandardCharsets.UTF_8).stripTrailing();
    }
}
