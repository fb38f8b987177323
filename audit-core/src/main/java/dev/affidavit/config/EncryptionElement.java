package dev.affidavit.config;

import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.EncryptionProvider;
import org.jspecify.annotations.Nullable;

/** The element that says with which keys a log is encrypted: one at most. Not thread-safe. */
public final class EncryptionElement {
    /** Of an appender. */
    static final String NAME = "AuditEncryption";

    private final String path;
    private final @Nullable EncryptionProvider provider;
    private final Problems problems;
    private boolean found;
    private @Nullable Encryption read;

    /**
     * For one configuration.
     *
     * @param path how messages name the element
     * @param provider reads the options; null if there is none
     */
    public EncryptionElement(String path, @Nullable EncryptionProvider provider, Problems problems) {
        this.path = path;
        this.provider = provider;
        this.problems = problems;
    }

    /** Reads an element. */
    public void read(ConfigNode node) {
        if (found) {
            problems.add(path, "expected one such element, found another");
        }
        found = true;
        if (provider == null) { // nobody knows which options there are
            problems.add(path, "expected affidavit-encryption on the class path, found none");
            return;
        }
        Options options = new Options(node, path, problems);
        read = provider.configure(options);
        options.rejectUnknown();
    }

    /** The keys; null if the log is not encrypted. */
    public @Nullable Encryption encryption() {
        return read;
    }
}
