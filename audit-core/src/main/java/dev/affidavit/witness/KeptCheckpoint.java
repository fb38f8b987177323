package dev.affidavit.witness;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.store.PrivateFolder;
import dev.affidavit.store.StoreException;
import dev.affidavit.witness.Submission.Sealed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The file beside a log with the newest checkpoint that a witness cosigned. Used by one thread. */
final class KeptCheckpoint {
    private static final String FOLDER = "witness";

    private final PrivateFolder folder;
    private final WitnessKey witness;

    private KeptCheckpoint(PrivateFolder folder, WitnessKey witness) {
        this.folder = folder;
        this.witness = witness;
    }

    static KeptCheckpoint of(Path directory, WitnessKey witness) {
        return new KeptCheckpoint(PrivateFolder.of(directory, FOLDER), witness);
    }

    /**
     * What the witness saw.
     *
     * @param time when, by its clock
     */
    record Seen(Sealed sealed, Instant time) {}

    /** What is kept; empty if there is nothing, or nothing that this witness cosigned. */
    Optional<Seen> read() throws IOException {
        try (InputStream in = folder.open(file())) {
            byte[] bytes = in.readNBytes(SealReader.MAX_STATEMENT_BYTES);
            Sealed sealed = Sealed.parse(new String(bytes, StandardCharsets.UTF_8));
            return witness.cosigned(sealed.note()).map(time -> new Seen(sealed, time));
        } catch (NoSuchFileException | MalformedSealException e) {
            return Optional.empty();
        }
    }

    /** @throws StoreException if it cannot be kept */
    void keep(SignedNote cosigned) {
        folder.replace(file(), cosigned.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String file() {
        return witness.idInHex() + ".checkpoint";
    }
}
