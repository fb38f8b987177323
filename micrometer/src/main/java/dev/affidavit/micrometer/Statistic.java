package dev.affidavit.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One number of a subject's statistics, and what meter it is. */
interface Statistic<T> {
    Meter bind(Subject<T> subject, MeterRegistry registry);

    /** How many of something there have been. */
    static <T> Statistic<T> counter(String name, String unit, String description, ToLongFunction<T> value) {
        return (subject, registry) -> {
            Count<T> count = new Count<>(subject, value::applyAsLong);
            // The registry holds the argument weakly; the function holds what it needs.
            return FunctionCounter.builder(name, count, weak -> count.read())
                    .baseUnit(unit)
                    .description(description)
                    .tags(subject.tags())
                    .register(registry);
        };
    }

    /** How often something was done, and how long that took. */
    static <T> Statistic<T> timer(
            String name, String description, ToLongFunction<T> times, Function<T, Duration> took) {
        return (subject, registry) -> {
            Count<T> count = new Count<>(subject, times::applyAsLong);
            Count<T> nanos =
                    new Count<>(subject, statistics -> took.apply(statistics).toNanos());
            return FunctionTimer.builder(
                            name, count, weak -> (long) count.read(), weak -> nanos.read(), TimeUnit.NANOSECONDS)
                    .description(description)
                    .tags(subject.tags())
                    .register(registry);
        };
    }

    /** How much of something there is now. */
    static <T> Statistic<T> gauge(String name, @Nullable String unit, String description, ToDoubleFunction<T> value) {
        return gauge(name, unit, description, Tags.empty(), value);
    }

    /** How many bytes; NaN while that is not known, which in statistics is -1. */
    static <T> Statistic<T> bytes(String name, String description, ToLongFunction<T> value) {
        return gauge(name, "bytes", description, statistics -> {
            long bytes = value.applyAsLong(statistics);
            return bytes < 0 ? Double.NaN : bytes;
        });
    }

    /** Whether something is so: 1 or 0. */
    static <T> Statistic<T> flag(String name, String description, Tags tags, Predicate<T> value) {
        return gauge(name, null, description, tags, statistics -> value.test(statistics) ? 1 : 0);
    }

    private static <T> Statistic<T> gauge(
            String name, @Nullable String unit, String description, Tags tags, ToDoubleFunction<T> value) {
        return (subject, registry) -> Gauge.builder(name, orNaN(subject, value))
                .baseUnit(unit)
                .description(description)
                .tags(subject.tags().and(tags))
                .register(registry);
    }

    /** How long something takes or took; 0 if it did not happen. */
    static <T> Statistic<T> duration(String name, String description, Function<T, @Nullable Duration> value) {
        return seconds(name, description, statistics -> {
            Duration duration = value.apply(statistics);
            return duration == null ? 0 : duration.toNanos() / 1e9;
        });
    }

    /** When something happened, in seconds since the epoch; NaN if it did not. */
    static <T> Statistic<T> moment(String name, String description, Function<T, @Nullable Instant> value) {
        return seconds(name, description, statistics -> {
            Instant moment = value.apply(statistics);
            return moment == null ? Double.NaN : moment.toEpochMilli() / 1e3;
        });
    }

    /** A time, in seconds. */
    static <T> Statistic<T> seconds(String name, String description, ToDoubleFunction<T> value) {
        return (subject, registry) -> TimeGauge.builder(name, orNaN(subject, value), TimeUnit.SECONDS)
                .description(description)
                .tags(subject.tags())
                .register(registry);
    }

    private static <T> Supplier<Number> orNaN(Subject<T> subject, ToDoubleFunction<T> value) {
        return () -> subject.now().get().map(value::applyAsDouble).orElse(Double.NaN);
    }
}
