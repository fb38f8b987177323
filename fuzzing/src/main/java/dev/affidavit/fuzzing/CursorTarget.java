package dev.affidavit.fuzzing;

import dev.affidavit.store.Cursors;
import dev.affidavit.store.DamagedException;
import dev.affidavit.store.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Any bytes in the place of a cursor are damage, but for those that storing the position which they name would leave: so
 * no damaged file gives a wrong position silently.
 */
public final class CursorTarget {
    private static final String NAME = "soc";
    private static final Path DIRECTORY = Scratch.log("cursor");
    private static final Path FILE = DIRECTORY.resolve(".affidavit/cursors/soc.cursor");

    private CursorTarget() {}

    /** With an odd first byte the rest gets a check line that fits, which a fuzzer would not find by itself. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Choices choices = new Choices(input);
        boolean checked = choices.flag();
        byte[] content = choices.rest();
        if (checked) {
            content = Hashes.checked(content);
        }
        Files.write(FILE, content);
        Cursors cursors = Cursors.of(DIRECTORY);
        Optional<Position> position;
        try {
            position = cursors.read(NAME);
        } catch (DamagedException expected) {
            return;
        }
        cursors.write(NAME, position.orElseThrow(() -> new AssertionError("the file is there, and was not seen")));
        if (!Arrays.equals(content, Files.readAllBytes(FILE))) {
            throw new AssertionError("read as " + position + ", which is not stored so: "
                    + new String(content, StandardCharsets.ISO_8859_1));
        }
    }
}
