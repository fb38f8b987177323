package dev.affidavit.verify;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public keys that were written down off the host when a log began: its log key and the key of its epoch 1. Who has the
 * host later has the log key; a log made anew with it has another epoch 1. Of several logs, all can be in one. Immutable.
 *
 * @param keys in any order
 */
public record Pins(List<VerifierKey> keys) {
    /** No pins: whose the log is, stays unknown. */
    public static final Pins NONE = new Pins(List.of());

    /** The name of a key of epoch 1 is the origin and this (docs/format.md, Statements). */
    private static final String FIRST_EPOCH = "/epoch-1";

    public Pins {
        keys = List.copyOf(keys);
    }

    /** From text: {@code name+id+key}, one in a line; empty lines and those that begin with {@code #} are passed over. */
    public static Pins parse(String text) throws MalformedSealException {
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            String key = line.strip();
            if (!key.isEmpty() && !key.startsWith("#")) {
                keys.add(VerifierKey.parse(key));
            }
        }
        return new Pins(keys);
    }

    /** From a file of such text. */
    public static Pins read(Path file) throws IOException, MalformedSealException {
        return parse(Files.readString(file));
    }

    /** The log key of the log of this origin. */
    Optional<VerifierKey> logKey(String origin) {
        return named(origin);
    }

    /** The key of the first epoch of the log of this origin. */
    Optional<VerifierKey> firstEpochKey(String origin) {
        return named(origin + FIRST_EPOCH);
    }

    private Optional<VerifierKey> named(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }
}
