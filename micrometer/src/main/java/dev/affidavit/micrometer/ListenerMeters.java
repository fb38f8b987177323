package dev.affidavit.micrometer;

import static dev.affidavit.micrometer.Statistic.counter;

import dev.affidavit.spi.ListenerStatistics;
import java.util.List;

/** The meters of a listener. */
final class ListenerMeters {
    static final List<Statistic<ListenerStatistics>> ALL = List.of(
            counter(
                    "affidavit.listener.told",
                    "events",
                    "Events it was told of, those it failed at included",
                    ListenerStatistics::told),
            counter("affidavit.listener.failed", "events", "Events it failed at", ListenerStatistics::failed),
            counter(
                    "affidavit.listener.missed",
                    "events",
                    "Events whose file was removed before it was told of them",
                    ListenerStatistics::missed));

    private ListenerMeters() {}
}
