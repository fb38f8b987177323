package dev.affidavit.testkit.appender;

import dev.affidavit.testkit.TmpFs;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a disk can have that keeps an event from it, and that somebody can mend. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum DiskFault {
    FULL("No space left on device", DiskFault::large, TmpFs::fill, TmpFs::free),
    NO_INODES("No space left on device", at -> TmpFs.ofInodes(at, 200), TmpFs::fillInodes, TmpFs::free),
    READ_ONLY("Read-only file system", DiskFault::large, TmpFs::makeReadOnly, TmpFs::makeWritable) {
        /** Linux makes no file system read-only that somebody writes to. */
        @Override
        DiskFault inUse() {
            return PROTECTED;
        }
    },
    PROTECTED("Operation not permitted", DiskFault::large, TmpFs::protect, TmpFs::unprotect);

    /** How Linux calls it. */
    final String message;

    private final Function<Path, TmpFs> mount;
    private final Consumer<TmpFs> begin;
    private final Consumer<TmpFs> end;

    DiskFault(String message, Function<Path, TmpFs> mount, Consumer<TmpFs> begin, Consumer<TmpFs> end) {
        this.message = message;
        this.mount = mount;
        this.begin = begin;
        this.end = end;
    }

    private static TmpFs large(Path at) {
        return TmpFs.ofSize(at, 4 << 20);
    }

    /** Whether a file that is open can still be written to, beyond the size at which another should begin. */
    boolean sparesOpenFiles() {
        return this == NO_INODES || this == PROTECTED;
    }

    /** The same while a log is being written there. */
    DiskFault inUse() {
        return this;
    }

    TmpFs mount(Path at) {
        return mount.apply(at);
    }

    void begin(TmpFs disk) {
        begin.accept(disk);
    }

    void end(TmpFs disk) {
        end.accept(disk);
    }
}
