package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a log fares, as its directory tells without its writer and without its lock: what befell it, and what is unsafe. Each
 * call looks anew and changes nothing. Thread-safe.
 */
public final class LogCondition {
    private final LogDirectory directory;

    private LogCondition(LogDirectory directory) {
        this.directory = directory;
    }

    /**
     * Of the log in {@code directory}, which a writer must have made.
     *
     * @throws StoreException if that is not the directory of a log
     */
    public static LogCondition of(Path directory) {
        return new LogCondition(LogDirectory.existing(directory));
    }

    /**
     * Whether a writer has the log open, in this process or another. A writer that opens it in the very moment of this call may
     * find it taken, and tries again 50 ms later, unless its {@code lockTimeout} is shorter.
     *
     * @throws StoreException if the lock cannot be read
     */
    public boolean hasWriter() {
        return look(directory.lock(), false, () -> DirectoryLock.isHeld(directory));
    }

    /**
     * The file names of the segments of which the device refused a force, and whose last lines stand in another segment since;
     * oldest first.
     *
     * @throws StoreException if they cannot be listed
     */
    public List<String> refusedSegments() {
        return look(
                directory.poisoned(),
                List.of(),
                () -> new PoisonedSegments(directory)
                        .segments().stream().map(SegmentName::fileName).toList());
    }

    /**
     * The unfinished last lines that were cut off and of which the log holds no {@code AUDIT_LOG_RECOVERED} yet; oldest segment
     * first. The next writer records them.
     *
     * @throws StoreException if they cannot be listed
     */
    public List<Recovery> unrecordedRecoveries() {
        return look(directory.torn(), List.of(), () -> new TornTails(directory, new RealDisk()).unrecorded());
    }

    /**
     * What is unsafe about the directory or amiss in it, each with its remedy; empty if nothing is. Not who owns it: that is for
     * the user to judge whose writer it is.
     *
     * @throws StoreException if the directory cannot be read
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(look(directory.path(), List.of(), directory::exposure));
        warnings.addAll(look(directory.poisoned(), List.of(), () -> new PoisonedSegments(directory).problems()));
        return warnings;
    }

    private static <T> T look(Path at, T ifMissing, Look<T> look) {
        try {
            return look.look();
        } catch (NoSuchFileException e) {
            return ifMissing;
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(at, e), e);
        }
    }

    /** A look at files. */
    private interface Look<T> {
        T look() throws IOException;
    }
}
