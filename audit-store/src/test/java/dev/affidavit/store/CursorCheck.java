package dev.affidavit.store;

import java.nio.file.Path;
import java.util.List;

/** Whether the stored positions of readers are still places of the log: none is ahead of it, none has lost its line. */
final class CursorCheck {
    private CursorCheck() {}

    static void check(Path directory, List<String> lines) {
        Cursors cursors = Cursors.of(directory);
        for (String name : cursors.names()) {
            Position position = cursors.read(name).orElseThrow();
            try (LogReader reader = LogReader.from(directory, position)) {
                boolean gone = reader.resumption() == Resumption.SEGMENT_GONE
                        && position.segment().compareTo(CrashLedger.lastRemoved(lines)) <= 0;
                CrashedLog.require(
                        gone || reader.resumption() == Resumption.EXACT,
                        "the place of %s, found %s: %s".formatted(name, position, reader.resumption()));
                List<String> rest = CrashedLog.texts(reader);
                CrashedLog.require(
                        rest.equals(lines.subList(lines.size() - Math.min(rest.size(), lines.size()), lines.size())),
                        name + " reads on from its place");
            }
        }
    }
}
