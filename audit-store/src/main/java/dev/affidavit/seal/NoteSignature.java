package dev.affidavit.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A signature line of a signed note: {@code — name base64}. Immutable.
 *
 * @param name of the key
 * @param id of the key
 * @param signature its bytes: 64 for Ed25519; others for keys of another kind
 */
@SuppressWarnings("ArrayRecordComponent") // guarded by copies
public record NoteSignature(String name, int id, byte[] signature) {
    static final String PREFIX = "— ";

    private static final int ID_BYTES = Integer.BYTES;

    public NoteSignature {
        signature = signature.clone();
    }

    /** A line without its {@code \n}. */
    static NoteSignature parse(String line) throws MalformedSealException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(PREFIX) || space < PREFIX.length()) {
            throw new MalformedSealException(
                    "expected a signature, '— name base64', found '%s'".formatted(Text.shown(line)));
        }
        String name = line.substring(PREFIX.length(), space);
        byte[] bytes = Text.base64(line.substring(space + 1));
        if (!Text.isName(name) || bytes.length <= ID_BYTES) {
            throw new MalformedSealException(
                    "expected a signature with the name of a key and more than 4 bytes, found '%s'"
                            .formatted(Text.shown(line)));
        }
        return new NoteSignature(
                name, ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
    }

    boolean isOf(VerifierKey key) {
        return name.equals(key.name()) && id == key.id();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The line without its {@code \n}. */
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + signature.length)
                .putInt(id)
                .put(signature)
                .array();
        return PREFIX + name + " " + Text.base64(bytes);
    }
}
