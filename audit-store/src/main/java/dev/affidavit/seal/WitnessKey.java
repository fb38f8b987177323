package dev.affidavit.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public key of a witness, {@code name+id+key}: it signs when it saw a checkpoint. Ed25519, the type 0x04 of C2SP
 * tlog-cosignature. Immutable.
 */
public final class WitnessKey {
    /** What the seconds are behind which {@link Instant} ends are no time. */
    private static final long LAST_SECOND = Instant.MAX.getEpochSecond();

    /** How a key of type 0x06 begins behind its id, in base64. */
    private static final Pattern ML_DSA_44 = Pattern.compile("[^+]+\\+[0-9a-f]{8}\\+B[g-v].{1000,}");

    private final VerifierKey key;

    private WitnessKey(VerifierKey key) {
        this.key = key;
    }

    /** From {@code name+id+key}. */
    public static WitnessKey parse(String text) throws MalformedSealException {
        if (ML_DSA_44.matcher(text).matches()) {
            throw new MalformedSealException(
                    "it is a key of ML-DSA-44, 06, which is not known here: give the witness's key of Ed25519, 04");
        }
        return new WitnessKey(VerifierKey.parse(text, VerifierKey.TYPE_COSIGNATURE));
    }

    public String name() {
        return key.name();
    }

    /** The first four bytes of SHA-256(name || 0x0A || 0x04 || key), in eight hexadecimal digits. */
    public String idInHex() {
        return key.idInHex();
    }

    /** Whether a signature says that it is this key's. */
    public boolean owns(NoteSignature signature) {
        return signature.isOf(key);
    }

    /** Whether one of the signatures says that it is this key's. */
    public boolean isNamedIn(SignedNote checkpoint) {
        return checkpoint.signatures().stream().anyMatch(this::owns);
    }

    /**
     * When the witness cosigned the checkpoint, by its own clock, to seconds: the latest, if it did so more than once. Empty if
     * there is no cosignature of this key, or one that is not good.
     */
    public Optional<Instant> cosigned(SignedNote checkpoint) {
        Instant latest = null;
        for (NoteSignature signature : checkpoint.signatures()) {
            if (owns(signature)) {
                Optional<Instant> time = cosigned(checkpoint.text(), signature.signature());
                if (time.isEmpty()) {
                    return time;
                }
                latest = latest == null || time.get().isAfter(latest) ? time.get() : latest;
            }
        }
        return Optional.ofNullable(latest);
    }

    /** Eight bytes of seconds since 1970, and a signature over a text with them and the checkpoint's. */
    private Optional<Instant> cosigned(String text, byte[] cosignature) {
        if (cosignature.length <= Long.BYTES) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(cosignature).getLong();
        if (seconds < 0 || seconds > LAST_SECOND) {
            return Optional.empty();
        }
        String message = "cosignature/v1\ntime %d\n%s".formatted(seconds, text);
        byte[] signature = Arrays.copyOfRange(cosignature, Long.BYTES, cosignature.length);
        return key.verifies(message.getBytes(StandardCharsets.UTF_8), signature)
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WitnessKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** {@code name+id+key}. */
    @Override
    public String toString() {
        return key.toString();
    }
}
