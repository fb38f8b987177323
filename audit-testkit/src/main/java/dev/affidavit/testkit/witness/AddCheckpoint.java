package dev.affidavit.testkit.witness;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to a witness, taken apart to the letter.
 *
 * @param oldSize that the log says the witness saw last
 * @param text of the checkpoint: what is signed
 */
public record AddCheckpoint(long oldSize, List<byte[]> proof, String text, List<String> signatures) {
    private static final int MAX_HASHES = 63;
    private static final int HASH_BYTES = 32;
    private static final String NUMBER = "(0|[1-9][0-9]{0,18})";
    private static final Pattern FORM = Pattern.compile("old " + NUMBER + "\n((?:[A-Za-z0-9+/]{43}=\n)*)\n"
            + "(([^\n]+)\n" + NUMBER + "\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^ \n]+ [A-Za-z0-9+/]+=*\n)+)");

    private static final int GROUP_TEXT = 3;
    private static final int GROUP_SIGNATURES = 7;

    /** @throws IllegalArgumentException if it is not one */
    static AddCheckpoint parse(String body) {
        Matcher form = FORM.matcher(body);
        if (!form.matches()) {
            throw new IllegalArgumentException("not an add-checkpoint: " + body);
        }
        List<byte[]> proof = new ArrayList<>();
        form.group(2).lines().forEach(line -> proof.add(Base64.getDecoder().decode(line)));
        if (proof.size() > MAX_HASHES || proof.stream().anyMatch(hash -> hash.length != HASH_BYTES)) {
            throw new IllegalArgumentException("expected at most 63 hashes of 32 bytes");
        }
        return new AddCheckpoint(
                Long.parseLong(form.group(1)),
                proof,
                form.group(GROUP_TEXT),
                form.group(GROUP_SIGNATURES).lines().toList());
    }

    public String origin() {
        return text.lines().findFirst().orElseThrow();
    }

    public long size() {
        return Long.parseLong(text.lines().skip(1).findFirst().orElseThrow());
    }

    byte[] root() {
        return Base64.getDecoder().decode(text.lines().skip(2).findFirst().orElseThrow());
    }

    boolean isSignedBy(String name, byte[] key) {
        PublicKey publicKey = Keys.ofBytes(key);
        int id = Keys.id(name, Keys.NOTE, key);
        return signatures.stream().anyMatch(line -> {
            String[] parts = line.split(" ", -1);
            byte[] bytes = Base64.getDecoder().decode(parts[2]);
            return parts[1].equals(name)
                    && ByteBuffer.wrap(bytes).getInt() == id
                    && Keys.verifies(publicKey, text, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
        });
    }
}
