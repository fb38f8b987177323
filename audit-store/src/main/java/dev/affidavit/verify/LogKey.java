package dev.affidavit.verify;

import dev.affidavit.seal.NoteSignature;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.VerifierKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log key as far as it is known: pinned, or only that it is one and the same. Of an Ed25519 key that is not known, nothing
 * can be told but its id. Immutable.
 */
final class LogKey {
    private final String origin;
    private final @Nullable VerifierKey pinned;
    private final int id;

    private LogKey(String origin, @Nullable VerifierKey pinned, int id) {
        this.origin = origin;
        this.pinned = pinned;
        this.id = id;
    }

    /**
     * The key of a log.
     *
     * @param samples statements of it: if one of them was damaged, the others still tell which key it is
     */
    static LogKey of(String origin, Pins pins, List<SignedNote> samples) {
        Set<Integer> ids = new LinkedHashSet<>();
        samples.forEach(note -> idIn(note, origin).ifPresent(ids::add));
        Optional<VerifierKey> pinned = pins.logKey(origin).filter(key -> ids.isEmpty() || ids.contains(key.id()));
        int first = ids.isEmpty() ? 0 : ids.iterator().next();
        return new LogKey(
                origin, pinned.orElse(null), pinned.map(VerifierKey::id).orElse(first));
    }

    private static Optional<Integer> idIn(SignedNote note, String origin) {
        return note.signatures().stream()
                .filter(signature -> signature.name().equals(origin))
                .map(NoteSignature::id)
                .findFirst();
    }

    String origin() {
        return origin;
    }

    /** Whether signatures can be checked. */
    boolean isPinned() {
        return pinned != null;
    }

    String idInHex() {
        return "%08x".formatted(id);
    }

    boolean signed(SignedNote note) {
        return pinned != null
                ? note.isSignedBy(pinned)
                : idIn(note, origin).filter(found -> found == id).isPresent();
    }
}
