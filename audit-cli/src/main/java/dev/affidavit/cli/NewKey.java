package dev.affidavit.cli;

import dev.affidavit.config.Secret;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeySources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A random key for lines of a log, in a new file for this user alone. Nothing of it is ever shown. */
record NewKey(String id, String reference) {
    /** How it is written. */
    enum Form {
        /** 64 hexadecimal digits. */
        HEX("file"),
        /** A JSON Web Key, RFC 7517. */
        JWK("file"),
        /** A PKCS#12 store with the id as alias. */
        PKCS12("pkcs12");

        private final String scheme;

        Form(String scheme) {
            this.scheme = scheme;
        }
    }

    /**
     * Makes one, and reads it back as a configuration does.
     *
     * @param secret what is to open a store; null if it is none
     * @throws IOException if there is a file already, or the key cannot be written there or read again; no file is left then
     */
    static NewKey create(String id, Path file, Form form, @Nullable Secret secret) throws IOException {
        byte[] key = new byte[KeyEncryptionKey.BYTES];
        new SecureRandom().nextBytes(key);
        String reference = form.scheme + ":" + file.toAbsolutePath();
        byte[] content = {};
        try (FileChannel channel = NewFile.create(file)) {
            try {
                content = content(id, key, form, secret);
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true); // what it encrypts must not outlive it
                requireSame(KeyEncryptionKey.of(key), KeySources.system().open(id, reference, secret));
            } catch (IOException | RuntimeException e) {
                Files.delete(file);
                throw e;
            }
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
        return new NewKey(id, reference);
    }

    private static void requireSame(KeyEncryptionKey made, KeyEncryptionKey read) {
        if (!made.equals(read)) {
            throw new IllegalStateException("another key was read than was written");
        }
    }

    private static byte[] content(String id, byte[] key, Form form, @Nullable Secret secret) throws IOException {
        return switch (form) {
            case HEX -> (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
            case JWK ->
                "{\"kty\":\"oct\",\"kid\":\"%s\",\"use\":\"enc\",\"alg\":\"A256GCMKW\",\"k\":\"%s\"}\n"
                        .formatted(id, Base64.getUrlEncoder().withoutPadding().encodeToString(key))
                        .getBytes(StandardCharsets.US_ASCII);
            case PKCS12 -> store(id, key, secret);
        };
    }

    private static byte[] store(String id, byte[] key, @Nullable Secret secret) throws IOException {
        char[] password = secret == null ? new char[0] : secret.reveal().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setEntry(
                    id,
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "AES")),
                    new KeyStore.PasswordProtection(password));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("a PKCS#12 store cannot be made: " + e, e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
