package dev.affidavit.spi;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One witness at one moment.
 *
 * @param name of its key
 * @param url where it takes checkpoints
 * @param cosigned up to which line it cosigned the log, as far as is kept; 0 if nothing is
 * @param cosignedAt when, by its clock; null if nothing is kept
 * @param failures requests that it did not answer with a cosignature since the log was opened
 * @param lastError why the last of them did; null if none did
 */
public record WitnessStatistics(
        String name,
        String url,
        WitnessState state,
        long cosigned,
        @Nullable Instant cosignedAt,
        long failures,
        @Nullable String lastError) {
    /** For people, in one line. */
    public String summary() {
        return "%s at %s: %s, %s, %d failures%s"
                .formatted(
                        name,
                        url,
                        state.name().toLowerCase(Locale.ROOT),
                        cosignedAt == null
                                ? "nothing cosigned"
                                : "%d lines cosigned at %s".formatted(cosigned, cosignedAt),
                        failures,
                        lastError == null ? "" : ", last error: " + lastError);
    }
}
