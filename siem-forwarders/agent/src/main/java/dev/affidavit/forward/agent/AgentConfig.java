package dev.affidavit.forward.agent;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encryption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is to do.
 *
 * @param directory of the log
 * @param service told to destinations; empty for none
 * @param from where a forwarder without a cursor begins; null for the oldest line
 * @param statusInterval how often it says how the forwarders fare; zero for only at its end
 * @param encryption the keys that open encrypted lines; null for none
 */
record AgentConfig(
        Path directory,
        String service,
        @Nullable Instant from,
        Duration statusInterval,
        List<ForwarderConfig> forwarders,
        @Nullable Encryption encryption) {
    /** Opens the lines of the log of this id; to be closed. */
    Decrypter decrypter(String logId) {
        return encryption == null ? Decrypter.WITHOUT_KEYS : encryption.decrypter(directory, logId);
    }
}
