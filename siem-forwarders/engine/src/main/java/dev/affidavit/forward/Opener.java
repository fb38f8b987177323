package dev.affidavit.forward;

import dev.affidavit.config.Payload;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.StoredLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the log's lines what the destination is given: decrypts them, unless they are to be carried as they are. What it
 * has decrypted it does not keep. Used by one thread.
 */
final class Opener implements AutoCloseable {
    /** As many lines are tried beside one that its key does not open: a service may have to be asked for each. */
    private static final int OTHERS = 3;

    private final Supplier<Decrypter> decryption;
    private final Payload payload;

    private @Nullable Decrypter decrypter;

    Opener(Job job) {
        this.decryption = job.decryption();
        this.payload = job.config().payload();
    }

    /**
     * Opens the first lines of a batch, up to one that is not as they are.
     *
     * @param waits whether a line whose key is missing waits for it; if not, it cannot be decrypted, like one that is damaged
     * @throws UndecryptableLineException if the first line waits for its key
     */
    Opened open(Batch batch, boolean waits) throws UndecryptableLineException {
        return openFrom(batch, waits, waits);
    }

    /** @param triesOthers whether other lines may show that it is the first one which is damaged, and not the key that is wrong */
    private Opened openFrom(Batch batch, boolean waits, boolean triesOthers) throws UndecryptableLineException {
        List<ForwardedLine> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean hasSecrets = false;
        for (Parcel parcel : batch.parcels()) {
            try {
                ForwardedLine line = new ForwardedLine(bytes(parcel.stored()));
                if (!problems.isEmpty()) {
                    break;
                }
                lines.add(line);
                hasSecrets |= line.json() != parcel.stored().bytes();
            } catch (UndecryptableLineException e) {
                boolean isToWait = waits && e.isOfKeys();
                if (isToWait && lines.isEmpty() && problems.isEmpty()) {
                    if (triesOthers && opensAnother(batch)) {
                        return openFrom(batch, waits, false);
                    }
                    throw e;
                }
                if (isToWait || !lines.isEmpty()) {
                    break;
                }
                problems.add(Health.reason(e));
            }
        }
        return new Opened(batch.first(Math.max(lines.size(), problems.size())), lines, problems, hasSecrets);
    }

    private boolean opensAnother(Batch batch) {
        for (Parcel parcel : batch.first(Math.min(batch.size(), 1 + OTHERS)).after(1)) {
            try {
                if (bytes(parcel.stored()) != parcel.stored().bytes()) {
                    return true;
                }
            } catch (UndecryptableLineException e) {
                // The next one, perhaps.
            }
        }
        return false;
    }

    private byte[] bytes(StoredLine line) throws UndecryptableLineException {
        if (payload == Payload.ENCRYPTED) {
            return line.bytes();
        }
        Decrypter used = decrypter;
        if (used == null) {
            used = decryption.get();
            decrypter = used;
        }
        return used.decrypt(line);
    }

    /** The timestamp of a line; null if it has none, or cannot be decrypted. Never throws: it is only told. */
    @Nullable
    Instant time(StoredLine line) {
        try {
            String timestamp = new ForwardedLine(bytes(line)).timestamp();
            return timestamp == null ? null : Instant.parse(timestamp);
        } catch (Throwable e) { // whatever a key throws: the line is still to be delivered
            return null;
        }
    }

    @Override
    public void close() {
        if (decrypter != null) {
            decrypter.close();
        }
    }
}
