package dev.affidavit.verify;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.verify.Anchors.AnchoredCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cosigned checkpoints that a writer keeps beside its log, the newest of each witness. */
final class KeptCosignatures {
    private static final String FOLDER = ".affidavit/witness/";

    private KeptCosignatures() {}

    /** In the directory of a log. */
    static String of(WitnessKey witness) {
        return FOLDER + witness.idInHex() + ".checkpoint";
    }

    /** What is kept of these witnesses. What is no checkpoint is passed over: whoever damages it could have removed it. */
    static List<AnchoredCheckpoint> read(Path directory, List<WitnessKey> witnesses) throws IOException {
        List<AnchoredCheckpoint> kept = new ArrayList<>();
        for (WitnessKey witness : witnesses) {
            Path file = directory.resolve(of(witness));
            if (isFileInFolders(directory, file)) {
                try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                    kept.add(AnchoredCheckpoint.of(SignedNote.parse(in.readNBytes(SealReader.MAX_STATEMENT_BYTES))));
                } catch (MalformedSealException | NoSuchFileException e) {
                    // said by that it is missing
                }
            }
        }
        return kept;
    }

    /** No link leads out of the log. */
    private static boolean isFileInFolders(Path directory, Path file) {
        boolean folders = true;
        for (Path folder = file.getParent(); folder != null && !folder.equals(directory); folder = folder.getParent()) {
            folders &= Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        }
        return folders && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
