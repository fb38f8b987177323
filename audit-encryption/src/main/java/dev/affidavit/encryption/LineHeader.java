package dev.affidavit.encryption;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * The protected header of an encrypted line: how its content key is encrypted, and the place that the line is bound to.
 * It is written in one way alone, and only what is written so is read.
 *
 * @param keyId {@code kid}, of the key that encrypts the content key
 * @param iv of the encrypted content key, in base64url
 * @param tag the same
 * @param origin the log
 * @param segment the file of the log
 */
record LineHeader(String keyId, String iv, String tag, String origin, String segment) {
    static final String ORIGIN = "origin";
    static final String SEGMENT = "segment";

    /** More than any header has that we write: a longer one is none of ours, and not worth reading. */
    static final int MAX_BYTES = 1024;

    /** What a file system allows; a log id is far shorter. */
    private static final int MAX_PLACE_CHARACTERS = 255;

    private static final String FORM =
            "{\"alg\":\"A256GCMKW\",\"enc\":\"A256GCM\",\"kid\":\"%s\",\"iv\":\"%s\",\"tag\":\"%s\",\"origin\":\"%s\",\"segment\":\"%s\"}";
    private static final int FORM_LENGTH = FORM.replace("%s", "").length()
            + (int) (Base64Url.encodedLength(WrappedKey.IV_BYTES) + Base64Url.encodedLength(WrappedKey.TAG_BYTES));
    private static final Set<String> PARAMETERS = Set.of("alg", "enc", "kid", "iv", "tag", ORIGIN, SEGMENT);

    static LineHeader of(String keyId, WrappedKey key, String origin, String segment) {
        return new LineHeader(keyId, Base64Url.encode(key.iv()), Base64Url.encode(key.tag()), origin, segment);
    }

    /** Whether a log or a file can have this name here: printable ASCII that JSON writes as it is, and no spaces. */
    static boolean isPlace(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_PLACE_CHARACTERS
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    static void requirePlace(String name, String text) {
        if (!isPlace(text)) {
            throw new IllegalArgumentException(
                    "%s: expected 1 to %d printable ASCII characters without spaces, quotes and backslashes, found %s"
                            .formatted(name, MAX_PLACE_CHARACTERS, Shown.of(text)));
        }
    }

    /** How many bytes of JSON a header has. */
    static int length(String keyId, String origin, String segment) {
        return FORM_LENGTH + keyId.length() + origin.length() + segment.length();
    }

    byte[] json() {
        return FORM.formatted(keyId, iv, tag, origin, segment).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether {@link #iv} and {@link #tag} are what they are to be; their bytes are in these arrays then. */
    boolean decodeKeyParts(byte[] ivBytes, byte[] tagBytes) {
        return decode(iv, ivBytes) && decode(tag, tagBytes);
    }

    private static boolean decode(String text, byte[] into) {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        return characters.length == Base64Url.encodedLength(into.length)
                && Base64Url.decode(characters, 0, characters.length, into, 0);
    }

    /** @throws ParseException if it is not a header as {@link #json} writes it; the message says what it has instead */
    static LineHeader parse(byte[] json) throws ParseException {
        JWEHeader found = read(json);
        require("alg", JWEAlgorithm.A256GCMKW, found.getAlgorithm());
        require("enc", EncryptionMethod.A256GCM, found.getEncryptionMethod());
        if (!found.getIncludedParams().equals(PARAMETERS)) {
            throw new ParseException(
                    "expected a header of exactly alg, enc, kid, iv, tag, origin and segment, found "
                            + Shown.of(String.join(", ", found.getIncludedParams())),
                    0);
        }
        if (!(found.getCustomParam(ORIGIN) instanceof String origin)
                || !(found.getCustomParam(SEGMENT) instanceof String segment)) {
            throw new ParseException("expected origin and segment in the header to be text, found something else", 0);
        }
        LineHeader header = new LineHeader(
                found.getKeyID(), found.getIV().toString(), found.getAuthTag().toString(), origin, segment);
        if (!KeyRing.isKeyId(header.keyId) || !isPlace(origin) || !isPlace(segment)) {
            throw new ParseException(
                    "expected kid, origin and segment of the characters that they may have, found others", 0);
        }
        if (!Arrays.equals(header.json(), json)) {
            throw new ParseException(
                    "expected a header of the one form that lines have, found one written otherwise", 0);
        }
        return header;
    }

    private static JWEHeader read(byte[] json) throws ParseException {
        try {
            return JWEHeader.parse(new String(json, StandardCharsets.ISO_8859_1));
        } catch (ParseException | RuntimeException e) { // whatever stands there must not end the reader
            throw new ParseException(
                    "expected a JOSE header for encryption, found none: " + Shown.of(String.valueOf(e.getMessage())),
                    0);
        }
    }

    private static void require(String name, Object expected, Object found) throws ParseException {
        if (!Objects.equals(expected, found)) {
            throw new ParseException(
                    "expected %s %s in the header, found %s".formatted(name, expected, Shown.of(String.valueOf(found))),
                    0);
        }
    }
}
