package dev.affidavit.encryption;

import dev.affidavit.config.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Where keys come from, by reference.
 *
 * <ul>
 *   <li>{@code env:NAME}, {@code sys:NAME}, {@code file:PATH}: an environment variable, a system property or a whole file
 *       that holds the key as text: 64 hexadecimal digits, base64 or base64url of 32 bytes, or a JWK (RFC 7517) of {@code
 *       kty} {@code oct};
 *   <li>{@code pkcs12:PATH}: a PKCS#12 store with an AES key of 256 bits under the key id as alias, which the secret opens;
 *   <li>{@code scheme:name}: what a {@link KeyProvider} of that scheme opens.
 * </ul>
 *
 * A file may be a link to a regular file. It must not be readable or writable for all, nor writable for a group. A key of
 * another length is refused, and one that is not random: all bytes equal, or all of them printable ASCII, which is a
 * passphrase. Thread-safe.
 */
public final class KeySources {
    private static final Pattern REFERENCE = Pattern.compile("([a-z][a-z0-9-]*):(.+)", Pattern.DOTALL);

    /** The schemes of keys that are in this process's reach. */
    private static final Set<String> LOCAL = Set.of("env", "sys", "file", "pkcs12");

    private final UnaryOperator<@Nullable String> environment;
    private final SecureRandom random;

    KeySources(UnaryOperator<@Nullable String> environment, SecureRandom random) {
        this.environment = environment;
        this.random = random;
    }

    /** The sources of this process: its environment, its system properties, its files, and the providers beside this class. */
    public static KeySources system() {
        return new KeySources(name -> name == null ? null : System.getenv(name), new SecureRandom());
    }

    /**
     * Opens a key. May block, if a provider does.
     *
     * @param keyId its id
     * @param reference where it is; never the key itself
     * @param secret what opens a PKCS#12 store, or what a provider needs; null if there is none
     * @throws EncryptionKeyException if it cannot be had or is none to encrypt with; the message shows the reference only
     *     where it has the form of one, and a scheme that is known
     */
    public KeyEncryptionKey open(String keyId, String reference, @Nullable Secret secret)
            throws EncryptionKeyException {
        if (!KeyRing.isKeyId(keyId)) {
            throw new EncryptionKeyException(
                    "expected a key id of 1 to 64 letters and digits of ASCII, dots, hyphens and underscores, found "
                            + Shown.of(keyId));
        }
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            // What was found is not shown: it may be the key itself.
            throw new EncryptionKeyException("key %s: expected a reference to a key, %s, found something else"
                    .formatted(keyId, "env:NAME, file:PATH, sys:NAME, pkcs12:PATH or that of a provider"));
        }
        String scheme = matcher.group(1);
        String name = matcher.group(2);
        try {
            return switch (scheme) {
                case "env" -> KeyText.parse(keyId, present(environment.apply(name)));
                case "sys" -> KeyText.parse(keyId, present(System.getProperty(name)));
                case "file" -> KeyText.parse(keyId, KeyFile.text(name));
                case "pkcs12" -> Pkcs12Keys.open(keyId, name, secret);
                default -> provided(scheme, new KeyRequest(keyId, name, secret));
            };
        } catch (IOException e) {
            throw new EncryptionKeyException(
                    "key %s, %s: %s".formatted(keyId, shown(scheme, reference), e.getMessage()), e);
        }
    }

    /** Behind a scheme that nobody knows may stand the key itself. */
    private static String shown(String scheme, String reference) {
        try {
            boolean known = LOCAL.contains(scheme) || provider(scheme).isPresent();
            return Shown.of(known ? reference : scheme + ":");
        } catch (IOException e) {
            return Shown.of(scheme + ":");
        }
    }

    /**
     * Opens a key of this process now, and one of a provider when it is used first: so that a service that is down keeps nobody from
     * starting.
     *
     * @throws EncryptionKeyException as {@link #open} does, or if there is no such provider
     */
    KeyEncryptionKey configured(String keyId, String reference, @Nullable Secret secret) throws EncryptionKeyException {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches() || LOCAL.contains(matcher.group(1))) {
            return open(keyId, reference, secret);
        }
        try {
            requireProvider(matcher.group(1));
        } catch (IOException e) {
            throw new EncryptionKeyException(
                    "key %s, %s: %s".formatted(keyId, shown(matcher.group(1), reference), e.getMessage()), e);
        }
        return new LazyKey(keyId, reference, secret, this);
    }

    private static String present(@Nullable String text) throws IOException {
        if (text == null || text.isBlank()) {
            throw new IOException("expected a key, found none. Set it");
        }
        return text;
    }

    private KeyEncryptionKey provided(String scheme, KeyRequest request) throws IOException {
        KeyProvider provider = requireProvider(scheme);
        try {
            KeyEncryptionKey key = provider.open(request);
            prove(key);
            return key;
        } catch (AEADBadTagException e) {
            throw new IOException("expected the key to decrypt what it has encrypted, found that it does not", e);
        } catch (RuntimeException | LinkageError e) { // others' code
            throw new IOException("%s failed: %s".formatted(provider.getClass().getName(), e), e);
        }
    }

    private void prove(KeyEncryptionKey key) throws IOException, AEADBadTagException {
        byte[] contentKey = new byte[KeyEncryptionKey.BYTES];
        random.nextBytes(contentKey);
        byte[] back = key.unwrap(key.wrap(contentKey.clone(), random));
        if (!Arrays.equals(contentKey, back)) {
            throw new IOException("expected the key to decrypt what it has encrypted, found other bytes");
        }
    }

    private static KeyProvider requireProvider(String scheme) throws IOException {
        return provider(scheme)
                .orElseThrow(() -> new IOException(
                        "expected env, file, sys, pkcs12 or the scheme of a KeyProvider on the class path, found no provider '%s'"
                                .formatted(scheme)));
    }

    private static Optional<KeyProvider> provider(String scheme) throws IOException {
        try {
            for (KeyProvider provider : ServiceLoader.load(KeyProvider.class, KeySources.class.getClassLoader())) {
                if (provider.scheme().equals(scheme)) {
                    return Optional.of(provider);
                }
            }
            return Optional.empty();
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            throw new IOException("a KeyProvider on the class path cannot be used: " + e, e);
        }
    }
}
