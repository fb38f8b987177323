package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.KEY_ID;
import static dev.affidavit.encryption.Samples.LOG;
import static dev.affidavit.encryption.Samples.MARKED;
import static dev.affidavit.encryption.Samples.SEGMENT;
import static dev.affidavit.encryption.Samples.encrypt;
import static dev.affidavit.encryption.Samples.json;
import static dev.affidavit.encryption.Samples.keyBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.affidavit.store.StoredLine;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is printed anywhere, searched for keys in every form that they are written in. */
final class SecrecyTest {
    private static final byte[] KEY = keyBytes(KEY_ID);

    @Test
    void shouldShowNoKeyInAnyText() throws Exception {
        LineEncrypter encrypter = Samples.encrypter();
        StoredLine line = encrypt(encrypter, SEGMENT, json(1));
        LineDecrypter decrypter = Samples.decrypter();
        decrypter.decrypt(line);
        AesKey content = AesKey.of(KEY);
        WrappedKey wrapped = KeyEncryptionKey.of(KEY).wrap(KEY.clone(), new SecureRandom());
        List<Object> shown = List.of(
                Samples.ring(),
                KeyEncryptionKey.of(KEY),
                encrypter,
                decrypter,
                content,
                wrapped,
                new ContentKey(content, wrapped),
                new OpenKey(new LineHeader(KEY_ID, "iv", "tag", LOG, SEGMENT), content),
                new KeyRequest(KEY_ID, "name", null));

        shown.forEach(object -> requireNoKey(object.toString()));
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(content))
                .isInstanceOf(NotSerializableException.class);
    }

    /** What a user gives in place of a key is a key too, if only a letter is wrong. */
    @Test
    void shouldShowNoKeyWhenOneIsRefused() {
        String hex = HexFormat.of().formatHex(KEY);
        String base64 = Base64.getEncoder().encodeToString(KEY);
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(KEY);
        List<String> texts = new ArrayList<>(List.of(
                hex + "0",
                hex + "00",
                hex + "!",
                base64 + "AAAA",
                base64 + "\u0007",
                url + "*",
                "=" + url,
                "{\"kty\":\"oct\",\"k\":\"" + url + "\"",
                "{\"kty\":\"oct\",\"k\":\"" + url + "\"} more",
                "{\"kty\":\"oct\",\"k\":[\"" + url + "\"]}",
                "{\"kty\":\"" + url + "\",\"k\":\"" + url + "\"}",
                "{\"k\":\"" + url + "\"}",
                "{\"kty\":\"oct\",\"alg\":\"dir\",\"k\":\"" + url + "\"}",
                "{" + url + "}"));
        Map<String, String> environment = new HashMap<>();
        KeySources sources = new KeySources(environment::get, new SecureRandom());
        for (String text : texts) {
            environment.put("KEY", text);

            requireNoKey(printed(catchThrowable(() -> sources.open(KEY_ID, "env:KEY", null))));
            if (!text.matches("(?s)[a-z][a-z0-9-]*:.+")) {
                requireNoKey(printed(catchThrowable(() -> sources.open(KEY_ID, text, null))));
            }
        }
    }

    @Test
    void shouldShowNeitherKeyNorPlaintextWhenALineIsRefused() throws Exception {
        LineEncrypter encrypter = Samples.encrypter();
        StoredLine line = encrypt(encrypter, SEGMENT, json(1));
        LineDecrypter decrypter = Samples.decrypter();
        decrypter.decrypt(line);
        for (int at = 0; at < line.bytes().length; at++) {
            byte[] changed = line.bytes().clone();
            changed[at] ^= 1;

            requireNoKey(printed(catchThrowable(() -> decrypter.decrypt(Samples.stored(SEGMENT, changed)))));
        }
        requireNoKey(printed(catchThrowable(() -> decrypter.decrypt(Samples.stored("other", line.bytes())))));
        requireNoKey(printed(catchThrowable(() -> decrypter.decrypt(Samples.stored(SEGMENT, json(1))))));
        encrypter.close();
        requireNoKey(printed(catchThrowable(() -> encrypt(encrypter, SEGMENT, json(1)))));
        requireNoKey(printed(catchThrowable(() -> KeyEncryptionKey.of(Arrays.copyOf(KEY, 33)))));
    }

    private static String printed(Throwable thrown) {
        assertThat(thrown).isNotNull();
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** The first bytes are enough: a message may cut. */
    private static void requireNoKey(String text) {
        byte[] head = Arrays.copyOf(KEY, 6);
        String hex = HexFormat.of().formatHex(head);
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(hex);
        assertThat(text)
                .doesNotContain(Base64.getEncoder().encodeToString(head))
                .doesNotContain(Base64.getUrlEncoder().encodeToString(head))
                .doesNotContain(Arrays.toString(head).substring(1).replace("]", ""))
                .doesNotContain(new String(head, StandardCharsets.ISO_8859_1))
                .doesNotContain(MARKED);
    }
}
