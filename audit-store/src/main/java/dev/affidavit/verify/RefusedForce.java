package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A note on a file of which the device refused a force: what stands behind its first {@code good} bytes does not count while
 * {@code copy} is there.
 */
record RefusedForce(String segment, long good, String copy) {
    /** One has some 250 bytes. */
    static final int MAX_BYTES = 4096;

    private static final Pattern FORM = Pattern.compile(
            "(affidavit-poisoned 1\nsegment (\\S+)\ngood ([0-9]{1,18})\ncopy (\\S+)\nat [0-9]{1,18}\n)check ([0-9a-f]{64})\n");

    /** Empty for whatever is no note on this file: it was not finished, and does not count. */
    static Optional<RefusedForce> parse(String segment, byte[] bytes) {
        Matcher note = FORM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!note.matches()
                || !note.group(5).equals(check(note.group(1)))
                || !note.group(2).equals(segment)
                || !SegmentFileName.is(note.group(4))
                || note.group(4).compareTo(segment) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new RefusedForce(segment, Long.parseLong(note.group(3)), note.group(4)));
    }

    private static String check(String above) {
        return HexFormat.of().formatHex(TreeHash.sha256().digest(above.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
