package dev.affidavit.trail;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.Encryption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that puts its id before each line, where another would encrypt it.
 *
 * @param failure why it cannot be used; null if it can
 * @param closed gets the id of each encrypter that is closed
 */
record MarkingKeys(
        String keyId, List<String> closed, @Nullable Throwable failure) implements Encryption {
    @Override
    public Set<String> keyIds() {
        return Set.of(keyId);
    }

    @Override
    public Encrypter encrypter(String logId) {
        return new Marking();
    }

    @Override
    public Decrypter decrypter(Path logDirectory, String logId) {
        return Decrypter.WITHOUT_KEYS;
    }

    private final class Marking implements Encrypter {
        private byte[] marked = new byte[0];

        @Override
        public boolean isPrepared() {
            return true;
        }

        @Override
        public void prepare() throws IOException {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof IOException checked) {
                throw checked;
            }
        }

        @Override
        public int maxStoredLength(int lineLength) {
            return keyId.length() + 1 + lineLength;
        }

        @Override
        public void encrypt(String segment, byte[] line, int lineLength) throws IOException {
            prepare();
            String plain = new String(Arrays.copyOf(line, lineLength), StandardCharsets.UTF_8);
            marked = (keyId + " " + plain).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] bytes() {
            return marked;
        }

        @Override
        public int length() {
            return marked.length;
        }

        @Override
        public void close() {
            closed.add(keyId);
        }
    }
}
