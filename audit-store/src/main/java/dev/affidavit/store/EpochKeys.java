package dev.affidavit.store;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the current epoch and, while one follows another, of the next, on disk: without it the chain of epochs would
 * break at each crash. Each has a slot that is overwritten where it is, so that of an outgoing key nothing stays on the device,
 * as far as that is in the file system's hand. Used by one thread at a time.
 */
final class EpochKeys {
    private static final String KIND = "affidavit-epoch-key 1";
    /** What a disk writes in one piece. */
    private static final int SLOT_BYTES = 512;

    private static final int SLOTS = 2;
    /** The epoch with which every log begins. */
    static final long FIRST = 1;

    private final Path file;
    private final Disk disk;

    private EpochKeys(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    static EpochKeys in(LogDirectory directory, Disk disk) {
        return new EpochKeys(directory.keys().resolve("epoch.keys"), disk);
    }

    boolean isThere() {
        return KeyFile.exists(file);
    }

    /** Makes the file, without a key in it. */
    void create() throws IOException {
        disk.replace(file, new byte[SLOTS * SLOT_BYTES]);
    }

    /**
     * The key of an epoch; null if it is not there, or damaged.
     *
     * @throws IOException if the file cannot be used: others may read it, or it is no file
     */
    @Nullable
    SigningKey find(long epoch) throws IOException {
        if (!KeyFile.exists(file)) {
            return null;
        }
        byte[] slots = KeyFile.read(file);
        int at = at(epoch);
        if (slots.length != SLOTS * SLOT_BYTES) {
            return null;
        }
        String slot = new String(slots, at, SLOT_BYTES, StandardCharsets.ISO_8859_1); // its check finds other bytes
        try {
            List<String> values = CheckedText.values(slot.stripTrailing() + "\n", KIND, "epoch", "private");
            SigningKey key = SigningKey.parse(values.get(1));
            return values.get(0).equals(Long.toString(epoch)) ? key : null;
        } catch (IllegalArgumentException | MalformedSealException e) {
            return null;
        }
    }

    /** The key of epoch 1 of the log of this origin, made before it began; null if there is none. */
    @Nullable
    SigningKey first(String origin) throws IOException {
        SigningKey key = find(FIRST);
        return key != null && key.verifierKey().name().equals(Statement.epochKeyName(origin, FIRST)) ? key : null;
    }

    /** Keeps the key of an epoch, in place of that of the last but one. It is on the device when this returns. */
    void store(long epoch, SigningKey key) throws IOException {
        if (!KeyFile.exists(file) || Files.size(file) != SLOTS * SLOT_BYTES) { // then no key in it is found
            create();
        }
        byte[] text = CheckedText.bytes(KIND, "epoch " + epoch, "private " + key.secretText());
        if (text.length >= SLOT_BYTES) {
            throw new IllegalArgumentException("a key with the name %s does not fit into %d bytes"
                    .formatted(key.verifierKey().name(), SLOT_BYTES));
        }
        byte[] slot = Arrays.copyOf(text, SLOT_BYTES);
        Arrays.fill(slot, text.length, SLOT_BYTES - 1, (byte) ' ');
        slot[SLOT_BYTES - 1] = '\n';
        disk.overwrite(file, at(epoch), slot);
    }

    /** Overwrites the slot that an epoch's key is in, or would be. */
    void erase(long epoch) throws IOException {
        disk.overwrite(file, at(epoch), new byte[SLOT_BYTES]);
    }

    private static int at(long epoch) {
        return (int) (epoch % SLOTS) * SLOT_BYTES;
    }
}
