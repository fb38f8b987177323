package dev.affidavit.statistics;

import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ListenerStatistics;
import dev.affidavit.spi.WitnessStatistics;
import dev.affidavit.store.LogStatistics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trail at one moment; counts are since it was opened.
 *
 * @param config in force
 * @param directory the real path
 * @param logId the random name of the log
 * @param recorded events recorded, the log's own included
 * @param failed events that were not recorded, and whose caller was told
 * @param lost events that were not recorded, and whose caller was not told
 * @param asyncStage whether events came on another thread than the one that logged them
 * @param lastError why the last event that failed did; null if none failed
 * @param lastErrorAt when; null if none failed
 * @param log buffer, forces and segments
 * @param forwarders in the order of the configuration; empty before they start
 * @param listeners in the order of the configuration; empty before they start
 * @param witnesses in the order of the configuration
 */
public record TrailStatistics(
        TrailConfig config,
        Path directory,
        String logId,
        long recorded,
        long failed,
        long lost,
        boolean asyncStage,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        LogStatistics log,
        List<ForwarderStatistics> forwarders,
        List<ListenerStatistics> listeners,
        List<WitnessStatistics> witnesses) {}
