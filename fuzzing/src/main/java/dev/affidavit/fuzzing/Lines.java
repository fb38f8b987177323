package dev.affidavit.fuzzing;

import dev.affidavit.store.LogWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What docs/format.md says of the lines of one segment. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lines(byte[] content) {
    /** Every line that has its {@code \n}, without it. */
    List<String> finished() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(text(Arrays.copyOfRange(content, start, i)));
                start = i + 1;
            }
        }
        return lines;
    }

    /** Where the unfinished end begins: what has no {@code \n}, and lines before it that hold a NUL. */
    int intact() {
        int intact = 0;
        int start = 0;
        boolean nul = false;
        for (int i = 0; i < content.length; i++) {
            nul |= content[i] == 0;
            if (content[i] == '\n') {
                intact = nul ? intact : i + 1;
                start = i + 1;
                nul = false;
            }
        }
        return Math.min(intact, start);
    }

    /** The same bytes as far as they are finished. */
    Lines kept() {
        return new Lines(Arrays.copyOf(content, intact()));
    }

    byte[] torn() {
        return Arrays.copyOfRange(content, intact(), content.length);
    }

    /** Whether a line, finished or not, is longer than the store takes; it may refuse then. */
    boolean holdsTooLong() {
        int start = 0;
        for (int i = 0; i <= content.length; i++) {
            if (i == content.length || content[i] == '\n') {
                if (i - start >= LogWriter.MAX_LINE_BYTES) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /** One character for each byte, so that texts are equal where bytes are. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
