package dev.affidavit.config;

import dev.affidavit.seal.WitnessKey;
import java.net.URI;
import java.time.Duration;

/**
 * A witness that was configured.
 *
 * @param key with which it signs; no two witnesses of a log have the same
 * @param url the submission prefix of C2SP tlog-witness, without a slash at its end
 * @param timeout of one request, from its beginning to the end of the answer
 */
public record WitnessConfig(WitnessKey key, URI url, Duration timeout) {
    /** The name of its key. */
    public String name() {
        return key.name();
    }
}
