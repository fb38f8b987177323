package dev.affidavit.store;

import java.util.List;

/**
 * Is told what the log does of itself, on threads of the log's own, from the first line on. What a method does must not
 * take long: housekeeping waits for it. May append with {@link LogWriter#appendReport}.
 */
public interface LogListener {
    /** Hears nothing. */
    LogListener NONE = new LogListener() {};

    /**
     * Retention is about to remove these segments, oldest first. What is appended here is on the device before the first
     * of them goes, so that none is ever missing without a line that says why; a crash in between leaves segments that
     * such a line names, and they are told of and removed after a restart. If this throws, none goes, and it is asked
     * again.
     */
    default void removing(List<Removal> removals) {}

    /** This segment could not be removed; it is tried again, unless it is gone already. Told once for each segment. */
    default void removalFailed(String segment, Exception cause) {}

    /** A legal hold was placed. Told once, over restarts too, but again if this throws or the process dies. */
    default void holdPlaced(LegalHold hold) {}

    /** A legal hold was released. Told as often as that it was placed. */
    default void holdReleased(String name) {}

    /** A line could not be written because the disk, or a quota, is full. Told once until there is room again. */
    default void diskFull(DiskTrouble trouble) {}

    /** Little is free, or no file can be made. Told once for as long as it lasts. */
    default void diskLow(DiskTrouble trouble) {}

    /** Somebody should look at this. Told once for as long as it lasts. */
    default void warned(String problem) {}

    /**
     * Another program changed a file of the log, or took it away: lines may be gone. If it was the file that lines go to,
     * they go to another one from here on, and are refused if none can be begun. Told once, but again if this throws.
     */
    default void tampered(Tampering tampering) {}

    /**
     * A checkpoint that is worth more off the host: who holds it can tell whether the log was cut or rolled back behind it.
     * At each rotation, and every {@link SealOptions#anchorInterval} if there are lines beside the one that this appended
     * the last time. Told again if this throws.
     *
     * @param checkpoint a signed note of C2SP tlog-checkpoint
     */
    default void anchor(String checkpoint) {}

    /**
     * The device refused a force; the lines it was for are safe, and the log goes on. On the forcing thread: {@code
     * WRITTEN} lines only, which are forced at once.
     */
    default void rescued(Rescue rescue) {}

    /**
     * The device refused a force, and the lines it was for could not be copied; or the forcing thread cannot go on for
     * another reason. The log takes no more lines. On the forcing thread.
     */
    default void forceFailed(Throwable cause) {}
}
