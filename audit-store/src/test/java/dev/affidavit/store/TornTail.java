package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What stands behind the last finished line of a log that has no NUL in it, found in another way than the writer's. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TornTail(String segment, int from, byte[] bytes) {

    static Optional<TornTail> of(CrashImage image) {
        List<String> segments = image.segments();
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        String last = segments.get(segments.size() - 1);
        byte[] content = image.bytes(last);
        int intact = 0;
        boolean nul = false;
        for (int i = 0; i < content.length; i++) {
            nul |= content[i] == 0;
            if (content[i] == '\n') {
                intact = nul ? intact : i + 1;
                nul = false;
            }
        }
        return intact == content.length
                ? Optional.empty()
                : Optional.of(new TornTail(last, intact, Arrays.copyOfRange(content, intact, content.length)));
    }

    /** No more is cut off than that, it is kept, and it is told; after a kill it is one line at most. */
    static void check(Optional<TornTail> expected, Optional<Recovery> found, boolean powerWasCut) throws IOException {
        CrashedLog.require(
                expected.isPresent() == found.isPresent(), "recovery of " + expected + ", found that of " + found);
        if (expected.isPresent() && found.isPresent()) {
            TornTail torn = expected.get();
            Recovery recovery = found.get();
            CrashedLog.require(
                    recovery.segment().equals(torn.segment)
                            && recovery.offset() == torn.from
                            && recovery.bytes() == torn.bytes.length,
                    "recovery of %s from %d, found %s".formatted(torn.segment, torn.from, recovery));
            CrashedLog.require(
                    Arrays.equals(Files.readAllBytes(recovery.keptAt()), torn.bytes), "what was cut is kept");
            CrashedLog.require(powerWasCut || !CrashLedger.text(torn.bytes).contains("\n"), "a kill tears one line");
        }
    }
}
