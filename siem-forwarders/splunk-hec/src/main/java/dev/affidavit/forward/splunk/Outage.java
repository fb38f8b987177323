package dev.affidavit.forward.splunk;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What it means that every endpoint has failed, one after another. */
final class Outage {
    private Outage() {}

    /**
     * What of it lasts decides: a person has to act only if all refuse this client; a pause is made only if none failed for another
     * reason, and it is the shortest that was asked for.
     */
    static IOException of(List<IOException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        String message = failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        List<Duration> pauses = failures.stream()
                .filter(DestinationBusyException.class::isInstance)
                .map(busy -> ((DestinationBusyException) busy).retryAfter())
                .sorted()
                .toList();
        long refusals = failures.stream()
                .filter(MisconfiguredDestinationException.class::isInstance)
                .count();
        if (refusals == failures.size()) {
            return new MisconfiguredDestinationException(message, failures.get(0));
        }
        return refusals + pauses.size() == failures.size()
                ? new DestinationBusyException(message, pauses.get(0))
                : new IOException(message, failures.get(0));
    }
}
