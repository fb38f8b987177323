package dev.affidavit.micrometer;

import static dev.affidavit.micrometer.Statistic.bytes;
import static dev.affidavit.micrometer.Statistic.counter;
import static dev.affidavit.micrometer.Statistic.flag;
import static dev.affidavit.micrometer.Statistic.gauge;
import static dev.affidavit.micrometer.Statistic.moment;
import static dev.affidavit.micrometer.Statistic.seconds;

import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderStatistics;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The meters of a forwarder. */
final class ForwarderMeters {
    static final List<Statistic<ForwarderStatistics>> ALL = Stream.concat(
                    Stream.of(
                            counter(
                                    "affidavit.forwarder.delivered",
                                    "events",
                                    "Events that the destination took, those sent again included",
                                    ForwarderStatistics::delivered),
                            counter(
                                    "affidavit.forwarder.refused",
                                    "events",
                                    "Events that went to the dead letters",
                                    ForwarderStatistics::refused),
                            counter(
                                    "affidavit.forwarder.failures",
                                    "attempts",
                                    "Attempts to deliver that failed",
                                    ForwarderStatistics::failures),
                            gauge(
                                    "affidavit.forwarder.rate",
                                    "events/second",
                                    "Events delivered a second, over the last minute",
                                    ForwarderStatistics::perSecond),
                            bytes(
                                    "affidavit.forwarder.backlog",
                                    "Bytes of the log that are not delivered yet",
                                    ForwarderStatistics::lagBytes),
                            seconds(
                                    "affidavit.forwarder.lag",
                                    "How old the oldest event is that is not delivered yet",
                                    ForwarderMeters::lagSeconds),
                            flag(
                                    "affidavit.forwarder.connected",
                                    "Whether there is a connection",
                                    Tags.empty(),
                                    ForwarderStatistics::connected),
                            moment(
                                    "affidavit.forwarder.state.time",
                                    "When the forwarder came into its state, since the epoch",
                                    ForwarderStatistics::since)),
                    Arrays.stream(ForwarderState.values()).map(ForwarderMeters::state))
            .toList();

    private ForwarderMeters() {}

    private static Statistic<ForwarderStatistics> state(ForwarderState state) {
        return flag(
                "affidavit.forwarder.state",
                "Whether the forwarder is in the state of the tag",
                Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                forwarder -> forwarder.state() == state);
    }

    /** 0 if there is none; NaN while it is not known. */
    private static double lagSeconds(ForwarderStatistics forwarder) {
        Duration lag = forwarder.lag();
        if (lag == null) {
            return forwarder.lagBytes() == 0 ? 0 : Double.NaN;
        }
        return lag.toNanos() / 1e9;
    }
}
