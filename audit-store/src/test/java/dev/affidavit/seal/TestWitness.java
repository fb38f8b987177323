package dev.affidavit.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** A witness that cosigns whatever it is given. */
public final class TestWitness {
    private final SigningKey key = SigningKey.generate("witness.example.com/w1", new SecureRandom());
    private final WitnessKey witnessKey;

    public TestWitness() throws MalformedSealException {
        byte[] typed = Base64.getDecoder().decode(key.verifierKey().toString().split("\\+", 3)[2]);
        typed[0] = VerifierKey.TYPE_COSIGNATURE;
        String encoded = Base64.getEncoder().encodeToString(typed);
        this.witnessKey = WitnessKey.parse(name() + "+" + idOf(typed) + "+" + encoded);
    }

    private String name() {
        return key.verifierKey().name();
    }

    private String idOf(byte[] typed) {
        MessageDigest sha256 = TreeHash.sha256();
        sha256.update((name() + "\n").getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(ByteBuffer.wrap(sha256.digest(typed)).getInt());
    }

    public WitnessKey key() {
        return witnessKey;
    }

    public SignedNote cosign(SignedNote checkpoint, Instant time) {
        byte[] signature = key.sign("cosignature/v1\ntime " + time.getEpochSecond() + "\n" + checkpoint.text());
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time.getEpochSecond())
                .put(signature)
                .array();
        int id = Integer.parseUnsignedInt(witnessKey.idInHex(), 16);
        return checkpoint.with(new NoteSignature(name(), id, timed));
    }
}
