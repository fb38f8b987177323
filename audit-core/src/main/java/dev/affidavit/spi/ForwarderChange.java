package dev.affidavit.spi;

import org.jspecify.annotations.Nullable;

/**
 * A forwarder went from one state to another.
 *
 * @param forwarder its configured name
 * @param destination where to, without secrets
 * @param reason why, without secrets; null if there is nothing to say
 */
public record ForwarderChange(
        String forwarder,
        String destination,
        ForwarderState from,
        ForwarderState to,
        @Nullable String reason) {}
