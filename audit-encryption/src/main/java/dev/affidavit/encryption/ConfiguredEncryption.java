package dev.affidavit.encryption;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.Encryption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The keys of a log, and where they are from.
 *
 * @param references of all keys, by their ids
 */
record ConfiguredEncryption(KeyRing keys, Map<String, String> references) implements Encryption {
    ConfiguredEncryption {
        references = Map.copyOf(references);
    }

    @Override
    public String keyId() {
        return keys.currentId();
    }

    @Override
    public Set<String> keyIds() {
        return keys.ids();
    }

    @Override
    public Encrypter encrypter(String logId) {
        return new LineEncrypter(logId, keys, new SecureRandom());
    }

    @Override
    public Decrypter decrypter(Path logDirectory, String logId) {
        return LogDecrypter.of(logDirectory, logId, keys);
    }

    /** Ids and references. */
    @Override
    public String toString() {
        Map<String, String> old = new TreeMap<>(references);
        String current = old.remove(keyId());
        return "keyId=%s key=%s".formatted(keyId(), current)
                + old.entrySet().stream()
                        .map(key -> " oldKey[%s]=%s".formatted(key.getKey(), key.getValue()))
                        .collect(Collectors.joining());
    }
}
