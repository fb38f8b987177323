package dev.affidavit.forward;

import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.FrameworkStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** What a forwarder does with lines that its destination refuses: they become dead letters. Used by one thread. */
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

    private boolean told;
    private long large = LARGE_BYTES;

    Refusals(Job job, InstantSource clock) {
        this.forwarder = job.forwarder();
        this.destination = cut(job.destination(), MAX_DESTINATION);
        this.logId = job.log().logId();
        this.directory = job.directory();
        this.status = job.status();
        this.clock = clock;
    }

    DeadLetter letter(Parcel parcel, String reason) {
        return new DeadLetter(
                clock.instant(),
                forwarder,
                destination,
                logId,
                parcel.segment(),
                parcel.offset(),
                parcel.line().id(),
                parcel.refusals() + 1,
                cut(reason, MAX_REASON),
                parcel.line().json());
    }

    List<DeadLetter> letters(Batch batch, List<Refusal> refusals) {
        return refusals.stream()
                .map(refusal -> letter(batch.parcels().get(refusal.index()), refusal.reason()))
                .toList();
    }

    /** Keeps the letters, durably. */
    void keep(List<DeadLetter> letters) {
        DeadLetters kept = DeadLetters.of(directory);
        long bytes = kept.add(forwarder, letters);
        if (!told) {
            told = true;
            DeadLetter first = letters.get(0);
            status.warn(
                    "forwarder '%s': %s refuses an event, %s: %s. It is kept in %s, as further ones will be; the forwarder goes on."
                            .formatted(forwarder, destination, first.eventId(), first.reason(), kept.path(forwarder)));
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
