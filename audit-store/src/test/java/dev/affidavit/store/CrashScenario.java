package dev.affidavit.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A log, and what its callers do, of which every crash is played through. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum CrashScenario {
    WRITTEN_BY_SIZE(
            8, CrashCallers::write, options -> options.maxSegmentBytes(5_000).maxSegments(3)),
    SYNCED_BY_SIZE(
            1, CrashCallers::sync, options -> options.maxSegmentBytes(4_000).maxSegments(3)),
    BOTH_BY_TIME_KEPT_BY_AGE(
            10,
            CrashCallers::doBothAsTimePasses,
            options -> options.rotationInterval(Duration.ofMinutes(1)).maxAge(Duration.ofMinutes(3))),
    BOTH_KEPT_BY_BYTES(
            10,
            CrashCallers::doBothWithLongLines,
            options -> options.maxSegmentBytes(6_000).maxBytes(20_000)),
    SEVERAL_CALLERS(
            6,
            CrashCallers::doBothAtOnce,
            options -> options.maxSegmentBytes(5_000).maxSegments(3)),
    FORCED_BY_TIME(
            Integer.MAX_VALUE,
            CrashCallers::writeAtTimes,
            options -> options.maxSegmentBytes(5_000).maxSegments(3).forceInterval(Duration.ofMillis(1))),
    WRITTEN_DURING_FORCES(
            6,
            CrashCallers::writeDuringForces,
            options -> options.maxSegmentBytes(5_000).maxSegments(3)),
    LEGAL_HOLD(
            10,
            CrashCallers::doBothUnderHold,
            options -> options.maxSegmentBytes(3_000).maxSegments(3)),
    FORWARDED(
            10,
            CrashCallers::doBothAndForward,
            options -> options.maxSegmentBytes(3_000).maxSegments(3).pinnedBy(Set.of("soc"))),
    DISK_FULL_AND_FREED(
            10,
            CrashCallers::fillTheDisk,
            options -> options.maxSegmentBytes(5_000).maxSegments(3).diskReserveBytes(8_192)),
    REFUSED_FORCE(
            7,
            CrashCallers::meetARefusedForce,
            options -> options.maxSegmentBytes(3_000).maxSegments(4)),
    REFUSED_FORCE_OF_NAMES(
            7,
            CrashCallers::meetARefusedForceOfNames,
            options -> options.maxSegmentBytes(3_000).maxSegments(4)),
    DEAD_DEVICE(
            7,
            CrashCallers::meetADeadDevice,
            options -> options.maxSegmentBytes(3_000).maxSegments(4)),
    RESTARTS(
            10,
            CrashCallers::restart,
            options -> options.maxSegmentBytes(4_000)
                    .rotationInterval(Duration.ofHours(1))
                    .maxSegments(3)),
    SEALED(
            8,
            CrashCallers::write,
            options -> sealed(options).maxSegmentBytes(3_000).maxSegments(3)),
    SEALED_AS_TIME_PASSES(
            10,
            CrashCallers::doBothAsTimePasses,
            options -> sealed(options).rotationInterval(Duration.ofMinutes(1)).maxAge(Duration.ofMinutes(3))),
    SEALED_REFUSED_FORCE(
            7,
            CrashCallers::meetARefusedForce,
            options -> sealed(options).maxSegmentBytes(3_000).maxSegments(4)),
    SEALED_DISK_FULL_AND_FREED(
            10,
            CrashCallers::fillTheDisk,
            options -> sealed(options).maxSegmentBytes(5_000).maxSegments(3).diskReserveBytes(8_192)),
    SEALED_LATER(
            10,
            CrashCallers::sealLater,
            options -> sealed(options).maxSegmentBytes(3_000).maxSegments(6)),
    SEALED_RESTARTS(
            10,
            CrashCallers::restart,
            options -> sealed(options)
                    .maxSegmentBytes(4_000)
                    .rotationInterval(Duration.ofHours(1))
                    .maxSegments(3));

    private final int forceAfterLines;
    private final Callers callers;
    private final UnaryOperator<LogOptions.Builder> options;

    CrashScenario(int forceAfterLines, Callers callers, UnaryOperator<LogOptions.Builder> options) {
        this.forceAfterLines = forceAfterLines;
        this.callers = callers;
        this.options = options;
    }

    /** With a checkpoint whenever there can be one. */
    private static LogOptions.Builder sealed(LogOptions.Builder options) {
        return options.seal(new SealOptions("example.com/audit", Duration.ofMillis(1), Duration.ofHours(1)));
    }

    void run(CrashRun run, int lines) throws Exception {
        callers.run(run, lines);
    }

    /** Opens the log for the first time. */
    void open(CrashRun run) {
        if (this == SEALED_LATER) {
            run.openUnsealed();
        } else {
            run.open();
        }
    }

    /** Then there are many more steps to crash at. */
    boolean isSealed() {
        return name().startsWith("SEALED");
    }

    LogOptions options(Path directory) {
        return options.apply(new TestLog(directory).options().forceAfterLines(forceAfterLines))
                .build();
    }

    /**
     * How many acknowledged lines a power cut may take: what makes a force begin, and what arrives while that runs. Where
     * threads race with the force, nobody can say.
     */
    int lossBound() {
        return switch (this) {
            case SEVERAL_CALLERS, FORCED_BY_TIME -> Integer.MAX_VALUE;
            case WRITTEN_DURING_FORCES -> forceAfterLines + CrashCallers.MEANWHILE;
            default -> forceAfterLines;
        };
    }

    private interface Callers {
        void run(CrashRun run, int lines) throws Exception;
    }
}
