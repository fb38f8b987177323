package dev.affidavit.forward.agent;

import dev.affidavit.config.ForwarderConfig;
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
 */
record AgentConfig(
        Path directory,
        String service,
        @Nullable Instant from,
        Duration statusInterval,
        List<ForwarderConfig> forwarders) {}
