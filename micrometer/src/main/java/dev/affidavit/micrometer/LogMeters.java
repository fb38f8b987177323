package dev.affidavit.micrometer;

import static dev.affidavit.micrometer.Statistic.bytes;
import static dev.affidavit.micrometer.Statistic.counter;
import static dev.affidavit.micrometer.Statistic.duration;
import static dev.affidavit.micrometer.Statistic.flag;
import static dev.affidavit.micrometer.Statistic.gauge;
import static dev.affidavit.micrometer.Statistic.moment;
import static dev.affidavit.micrometer.Statistic.timer;

import dev.affidavit.statistics.TrailStatistics;
import dev.affidavit.store.SealStatistics;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToLongFunction;

/** The meters of a log. */
final class LogMeters {
    static final List<Statistic<TrailStatistics>> ALL = List.of(
            counter(
                    "affidavit.events.recorded",
                    "events",
                    "Events recorded, the log's own included",
                    TrailStatistics::recorded),
            counter(
                    "affidavit.events.failed",
                    "events",
                    "Events that were not recorded, and whose caller was told",
                    TrailStatistics::failed),
            counter(
                    "affidavit.events.lost",
                    "events",
                    "Events that were not recorded, and whose caller was not told",
                    TrailStatistics::lost),
            counter(
                    "affidavit.events.forced",
                    "events",
                    "Events that are on the device",
                    trail -> trail.log().forced()),
            gauge(
                    "affidavit.events.buffered",
                    "events",
                    "Events written and not yet known to be on the device",
                    trail -> trail.log().unforced()),
            counter(
                    "affidavit.events.rescued",
                    "events",
                    "Events that the device refused and that were copied to a new file",
                    trail -> trail.log().rescuedLines()),
            moment(
                    "affidavit.events.error.time",
                    "When an event was not recorded last, since the epoch",
                    TrailStatistics::lastErrorAt),
            timer(
                    "affidavit.forces",
                    "Forces to the device",
                    trail -> trail.log().forces(),
                    trail -> trail.log().forcesTook()),
            counter(
                    "affidavit.forces.refused",
                    "forces",
                    "Forces that the device refused",
                    trail -> trail.log().rescues()),
            duration(
                    "affidavit.forces.last.duration",
                    "How long the last force took",
                    trail -> trail.log().lastForceTook()),
            moment(
                    "affidavit.forces.last.time",
                    "When the last force ended, since the epoch",
                    trail -> trail.log().lastForce()),
            bytes(
                    "affidavit.segment.size",
                    "Size of the file being written",
                    trail -> trail.log().segmentBytes()),
            gauge(
                    "affidavit.segments",
                    "segments",
                    "Files of the log",
                    trail -> trail.log().segments()),
            counter(
                    "affidavit.rotations",
                    "rotations",
                    "How often another file was begun",
                    trail -> trail.log().rotations()),
            bytes(
                    "affidavit.size",
                    "Size of all files of the log",
                    trail -> trail.log().retention().bytes()),
            counter(
                    "affidavit.segments.removed",
                    "segments",
                    "Files that retention removed",
                    trail -> trail.log().retention().removed()),
            counter(
                    "affidavit.segments.dropped",
                    "segments",
                    "Files that retention removed and a forwarder had not delivered",
                    trail -> trail.log().retention().dropped()),
            gauge(
                    "affidavit.legal.holds",
                    "holds",
                    "Holds that keep retention from removing anything",
                    trail -> trail.log().retention().legalHolds().size()),
            bytes(
                    "affidavit.disk.usable",
                    "How much may still be written to the disk",
                    trail -> trail.log().disk().usableBytes()),
            bytes(
                    "affidavit.disk.reserve",
                    "How much of the disk reserve is held",
                    trail -> trail.log().disk().reserveBytes()),
            gauge(
                    "affidavit.seal.events",
                    "events",
                    "Events of the log, since it was begun, that its seals are over",
                    trail -> orNaN(trail, SealStatistics::sealed)),
            gauge(
                    "affidavit.seal.epoch",
                    null,
                    "The epoch of keys that is current",
                    trail -> orNaN(trail, SealStatistics::epoch)),
            flag(
                    "affidavit.broken",
                    "Whether the log takes no more events",
                    Tags.empty(),
                    trail -> trail.log().failed() != null),
            flag(
                    "affidavit.async.stage",
                    "Whether events came on another thread than the one that logged them",
                    Tags.empty(),
                    TrailStatistics::asyncStage));

    private LogMeters() {}

    private static double orNaN(TrailStatistics trail, ToLongFunction<SealStatistics> value) {
        SealStatistics seal = trail.log().seal();
        return seal == null ? Double.NaN : value.applyAsLong(seal);
    }
}
