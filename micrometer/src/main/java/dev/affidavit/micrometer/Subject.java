package dev.affidavit.micrometer;

import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What has meters of its own: a log, or a forwarder or listener of one. It knows names only, and asks for what has them
 * now; so it keeps no log alive.
 *
 * @param tags tell it from all others
 * @param now its statistics; empty once it is gone
 */
record Subject<T>(Tags tags, Supplier<Optional<T>> now, List<Statistic<T>> statistics) {
    /** The log, its forwarders and its listeners. */
    static Stream<Subject<?>> of(TrailStatistics log) {
        Path directory = log.directory();
        Tags tags = Tags.of("log", log.config().name(), "directory", directory.toString());
        Stream<Subject<?>> itself = Stream.of(new Subject<>(tags, in(directory, Optional::of), LogMeters.ALL));
        Stream<Subject<?>> forwarders = log.forwarders().stream()
                .map(known -> new Subject<>(
                        tags.and("forwarder", known.name(), "destination", known.destination()),
                        in(
                                directory,
                                trail -> trail.forwarders().stream()
                                        .filter(one -> one.name().equals(known.name()))
                                        .findFirst()),
                        ForwarderMeters.ALL));
        Stream<Subject<?>> listeners = log.listeners().stream()
                .map(known -> new Subject<>(
                        tags.and("listener", known.name()),
                        in(
                                directory,
                                trail -> trail.listeners().stream()
                                        .filter(one -> one.name().equals(known.name()))
                                        .findFirst()),
                        ListenerMeters.ALL));
        return Stream.of(itself, forwarders, listeners).flatMap(subjects -> subjects);
    }

    private static <T> Supplier<Optional<T>> in(Path directory, Function<TrailStatistics, Optional<T>> part) {
        return () -> AuditTrails.statistics(directory).flatMap(part);
    }

    List<Meter> bind(MeterRegistry registry) {
        return statistics.stream()
                .map(statistic -> statistic.bind(this, registry))
                .toList();
    }
}
