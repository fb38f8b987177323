package dev.affidavit.store;

import java.util.Arrays;

/**
 * One thing that happened to a disk, in the smallest pieces that a crash can fall between; or that a caller began, or was
 * told. Files are numbered as they are made, since names change; a name is relative to the directory of the log.
 */
sealed interface Step {
    /** A crash before it leaves something else than one after it. */
    sealed interface OfDisk extends Step {}

    /** After it a killed process leaves something else too. */
    sealed interface Change extends OfDisk {}

    record Created(String name, int file) implements Change {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(int file, long at, byte[] bytes) implements Change {
        Written upTo(int length) {
            return new Written(file, at, Arrays.copyOf(bytes, length));
        }
    }

    record Cut(int file, long length) implements Change {}

    record Renamed(String from, String to) implements Change {}

    record Removed(String name) implements Change {}

    record ForceBegun(int force, int file) implements Step {}

    /** Not good if the device refused. */
    record ForceEnded(int force, boolean good) implements OfDisk {}

    /** The directory of the log has an empty name. */
    record DirectoryForced(String directory) implements OfDisk {}

    /** A writer is about to open the log; what was said to be safe is so, more may be on the device or not. */
    record Opening() implements Step {}

    /** The writer has opened it. */
    record Opened() implements Step {}

    /** What is on the disk before this is what a power cut has left. */
    record PowerCut() implements Step {}

    /** A caller is about to append this line. */
    record Begun(String line) implements Step {}

    /** The append of this line returned. */
    record Acknowledged(String line, Durability durability) implements Step {}
}
