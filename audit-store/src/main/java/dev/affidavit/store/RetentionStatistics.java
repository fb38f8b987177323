package dev.affidavit.store;

import java.util.List;

/**
 * What a log keeps at one moment, and what it removed since it was opened.
 *
 * @param oldestSegment its file name
 * @param bytes what all segments hold
 * @param removed how many segments retention removed
 * @param dropped how many of them a pinning cursor had not passed
 * @param legalHolds the names of the holds in force, as housekeeping saw them last
 */
public record RetentionStatistics(
        String oldestSegment, long bytes, long removed, long dropped, List<String> legalHolds) {}
