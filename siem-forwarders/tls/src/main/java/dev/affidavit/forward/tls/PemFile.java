package dev.affidavit.forward.tls;

import dev.affidavit.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text (RFC 7468), turned into stores that live in memory alone. */
final class PemFile {
    /** More than any bundle of authorities; a wrong path must not make us read a disk. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Pattern KEY = Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemFile() {}

    static KeyStore trust(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    static KeyStore identity(Path certificateFile, Path keyFile, @Nullable Secret password)
            throws IOException, GeneralSecurityException {
        Certificate[] chain = certificates(certificateFile).toArray(new Certificate[0]);
        PrivateKey key = key(keyFile, password);
        if (!belongTogether(key, chain[0])) {
            throw new TlsFileException("expected the key of the certificate in %s, found another in %s"
                    .formatted(certificateFile, keyFile));
        }
        KeyStore store = empty();
        store.setKeyEntry("identity", key, new char[0], chain);
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        byte[] text = read(file);
        Collection<? extends Certificate> certificates;
        try {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text));
        } catch (CertificateException e) {
            throw new TlsFileException(
                    "%s: expected certificates as PEM, found none that can be read: %s".formatted(file, e.getMessage()),
                    e);
        }
        if (certificates.isEmpty()) {
            throw new TlsFileException("%s: expected a certificate as PEM, found none".formatted(file));
        }
        return certificates;
    }

    private static PrivateKey key(Path file, @Nullable Secret password) throws IOException, GeneralSecurityException {
        Matcher block = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
        if (!block.find()) {
            throw new TlsFileException("%s: expected a private key as PEM, found none".formatted(file));
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new TlsFileException("%s: expected a private key as PEM, found no base64".formatted(file));
        }
        String kind = block.group(1).strip();
        return switch (kind) {
            case "" -> key(file, new PKCS8EncodedKeySpec(encoded));
            case "ENCRYPTED" -> key(file, decrypted(file, encoded, password));
            default ->
                throw new TlsFileException(
                        "%1$s: expected a key of PKCS#8, found one of the older form '%2$s'. Turn it into PKCS#8: openssl pkcs8 -topk8 -in %1$s"
                                .formatted(file, kind));
        };
    }

    private static PKCS8EncodedKeySpec decrypted(Path file, byte[] encoded, @Nullable Secret password)
            throws IOException, GeneralSecurityException {
        if (password == null) {
            throw new TlsFileException("%s: the key is encrypted; expected keyPassword, found none".formatted(file));
        }
        PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
            // PBES2 is many algorithms, and only its parameters name the one.
            boolean named = !info.getAlgName().equals("PBES2");
            String algorithm =
                    named ? info.getAlgName() : info.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (IOException | GeneralSecurityException e) {
            // Without the cause's text: it may repeat what it was given.
            throw new TlsFileException("%s: the key cannot be decrypted with keyPassword".formatted(file));
        } finally {
            spec.clearPassword();
        }
    }

    private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec)
            throws GeneralSecurityException, TlsFileException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It is of another algorithm, perhaps of the next.
            }
        }
        throw new TlsFileException(
                "%s: expected a key of one of %s, found another".formatted(file, String.join(", ", KEY_ALGORITHMS)));
    }

    /** A peer's answer to a wrong pair names neither file. */
    private static boolean belongTogether(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
            return false;
        }
    }

    private static byte[] read(Path file) throws TlsFileException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsFileException("%s: expected at most %d bytes, found more".formatted(file, MAX_BYTES));
            }
            return bytes;
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException e) {
            throw TlsFileException.unreadable(file, e);
        }
    }
}
