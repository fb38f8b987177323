package dev.affidavit.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A C2SP signed note: a text, an empty line and signatures. The text has no empty line in it, which C2SP would allow and no
 * statement has. Immutable.
 *
 * @param text lines, each with its {@code \n}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** Signs the text with each of the keys. */
    public static SignedNote sign(String text, SigningKey... keys) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            VerifierKey verifier = key.verifierKey();
            signatures.add(new NoteSignature(verifier.name(), verifier.id(), key.sign(text)));
        }
        return new SignedNote(text, signatures);
    }

    /** From {@link #toString}, to the byte. */
    public static SignedNote parse(byte[] bytes) throws MalformedSealException {
        return parse(Text.decode(bytes));
    }

    /** The same. */
    public static SignedNote parse(String note) throws MalformedSealException {
        Text.requireLines(note);
        int end = note.indexOf("\n\n");
        if (end <= 0 || !note.endsWith("\n")) {
            throw new MalformedSealException("expected a text, an empty line and signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        String lines = note.substring(end + 2);
        for (String line : lines.isEmpty()
                ? new String[0]
                : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            signatures.add(NoteSignature.parse(line));
        }
        if (signatures.isEmpty()) {
            throw new MalformedSealException("expected a signature behind the text, found none");
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /** Whether one of the signatures is this key's, and is good; and none that says so is bad. */
    public boolean isSignedBy(VerifierKey key) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (NoteSignature signature : signatures) {
            if (signature.isOf(key)) {
                if (!key.verifies(message, signature.signature())) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    /** The same text with one signature more, as a witness adds it. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** The note: text, empty line, signatures, each line with its {@code \n}. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature).append('\n'));
        return note.toString();
    }
}
