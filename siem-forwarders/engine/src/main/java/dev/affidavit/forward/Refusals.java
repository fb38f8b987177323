package dev.affidavit.forward;

import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.FrameworkStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a forwarder does with lines that its destination refuses, or that cannot be decrypted: they become dead letters, as they
 * stand in the log. Used by one thread.
 */
final class Refusals {
    /** From this size of the file on somebody should look at it; said again whenever it has doubled. Nothing is dropped. */
    static final long LARGE_BYTES = 100L * 1024 * 1024;

    private static final int MAX_DESTINATION = 500;
    private static final int MAX_REASON = 2000;

    private final String forwarder;
    private final String destination;
    private final String logId;
    private final Path directory;
    private final FrameworkStatus status;
    private final InstantSource clock;

    private boolean toldOfRefused;
    private boolean toldOfUndecryptable;
    private long large = LARGE_BYTES;

    Refusals(Job job, InstantSource clock) {
        this.forwarder = job.forwarder();
        this.destination = cut(job.destination(), MAX_DESTINATION);
        this.logId = job.log().logId();
        this.directory = job.directory();
        this.status = job.status();
        this.clock = clock;
    }

    DeadLetter letter(Opened opened, int index, String reason) {
        ForwardedLine line = opened.lines().get(index);
        return letter(
                opened.batch().parcels().get(index),
                opened.wasEncrypted(index) ? null : line.id(),
                opened.hasSecrets() ? Discretion.reason(reason, List.of(line)) : reason);
    }

    List<DeadLetter> letters(Opened opened, List<Refusal> refusals) {
        return refusals.stream()
                .map(refusal -> letter(opened, refusal.index(), refusal.reason()))
                .toList();
    }

    /** Those of lines that cannot be decrypted. */
    List<DeadLetter> undecryptable(Opened opened) {
        List<DeadLetter> letters = new ArrayList<>();
        for (Parcel parcel : opened.batch().parcels()) {
            letters.add(letter(parcel, null, opened.problems().get(letters.size())));
        }
        return letters;
    }

    private DeadLetter letter(Parcel parcel, @Nullable String eventId, String reason) {
        return new DeadLetter(
                clock.instant(),
                forwarder,
                destination,
                logId,
                parcel.stored().segment(),
                parcel.stored().offset(),
                eventId,
                parcel.refusals() + 1,
                cut(reason, MAX_REASON),
                parcel.stored().bytes());
    }

    /**
     * Keeps the letters, durably.
     *
     * @param refused whether the destination refused these lines; if not, they cannot be decrypted
     */
    void keep(List<DeadLetter> letters, boolean refused) {
        DeadLetters kept = DeadLetters.of(directory);
        long bytes = kept.add(forwarder, letters);
        DeadLetter first = letters.get(0);
        if (refused && !toldOfRefused) {
            toldOfRefused = true;
            String event = first.eventId() == null
                    ? "at byte %d of %s".formatted(first.offset(), first.segment())
                    : first.eventId();
            status.warn(
                    "forwarder '%s': %s refuses an event, %s: %s. It is kept in %s, as further ones will be; the forwarder goes on."
                            .formatted(forwarder, destination, event, first.reason(), kept.path(forwarder)));
        }
        if (!refused && !toldOfUndecryptable) {
            toldOfUndecryptable = true;
            status.warn(
                    "forwarder '%s': a line is not sent to %s, since it cannot be decrypted: %s. It is kept in %s, as further ones will be; the forwarder goes on."
                            .formatted(forwarder, destination, first.reason(), kept.path(forwarder)));
        }
        if (bytes >= large) {
            large = 2 * bytes;
            status.warn("forwarder '%s': %s has %d MB of events that %s refuses. Mend the cause, and send them again."
                    .formatted(forwarder, kept.path(forwarder), bytes >> 20, destination));
        }
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
