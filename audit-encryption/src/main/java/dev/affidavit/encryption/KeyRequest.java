package dev.affidavit.encryption;

import dev.affidavit.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Which key a {@link KeyProvider} is to open.
 *
 * @param keyId the id under which lines name it, as {@link KeyRing#isKeyId} allows
 * @param name what stands in the reference behind the provider's scheme and its colon; not empty
 * @param secret what opens it, such as a token or a password; null if none is configured
 */
public record KeyRequest(
        String keyId, String name, @Nullable Secret secret) {}
