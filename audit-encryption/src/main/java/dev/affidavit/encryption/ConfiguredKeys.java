package dev.affidavit.encryption;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Secret;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.EncryptionProvider;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads keys from a configuration. Found by ServiceLoader. */
public final class ConfiguredKeys implements EncryptionProvider {
    private static final String OLD_KEY = "AuditOldKey";

    private final KeySources sources;

    /** For the ServiceLoader. */
    public ConfiguredKeys() {
        this(KeySources.system());
    }

    ConfiguredKeys(KeySources sources) {
        this.sources = sources;
    }

    @Override
    public Encryption configure(Options options) {
        Keys read = new Keys(sources);
        String current = read.add(options);
        int index = 0;
        for (ConfigNode child : options.children()) {
            if (child.name().equals(OLD_KEY)) {
                Options old = options.below(child, "%s[%d]".formatted(OLD_KEY, index++));
                read.add(old);
                old.rejectUnknown();
            } else {
                options.problem(child.name(), "unknown element; known is " + OLD_KEY);
            }
        }
        return read.encryption(current);
    }

    /** The keys of one element. Not thread-safe. */
    private static final class Keys {
        private final KeySources sources;
        private final Map<String, KeyEncryptionKey> keys = new LinkedHashMap<>();
        private final Map<String, String> references = new LinkedHashMap<>();

        Keys(KeySources sources) {
            this.sources = sources;
        }

        /** Tells its id. */
        String add(Options options) {
            String id = id(options);
            String reference = options.text("key", "");
            Secret secret = options.secret("secret");
            if (reference.isBlank()) {
                options.problem(
                        "key", "expected a reference to a key, such as env:NAME, file:PATH or pkcs12:PATH, found none");
            } else if (!id.isEmpty()) {
                try {
                    KeyEncryptionKey key = sources.configured(id, reference, secret);
                    references.put(id, Shown.of(reference));
                    if (keys.put(id, key) != null) {
                        options.problem("keyId", "expected another id than those before, found %s again".formatted(id));
                    }
                } catch (EncryptionKeyException e) {
                    options.problem("key", String.valueOf(e.getMessage()));
                }
            }
            return id;
        }

        private static String id(Options options) {
            String id = options.required("keyId");
            if (KeyRing.isKeyId(id)) {
                return id;
            }
            if (!id.isBlank()) { // else that is said already
                options.problem(
                        "keyId",
                        "expected 1 to 64 letters and digits of ASCII, dots, hyphens and underscores, found "
                                + Shown.of(id));
            }
            return "";
        }

        /** Of a configuration with problems it is not used. */
        Encryption encryption(String current) {
            if (!keys.containsKey(current)) {
                String none = "none";
                return new ConfiguredEncryption(
                        KeyRing.of(none, Map.of(none, new LazyKey(none, none, null, sources))), Map.of(none, none));
            }
            return new ConfiguredEncryption(KeyRing.of(current, keys), references);
        }
    }
}
