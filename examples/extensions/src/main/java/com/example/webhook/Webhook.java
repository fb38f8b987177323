package com.example.webhook;

import dev.affidavit.config.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A web server that takes events, as it is configured. */
record Webhook(URI url, @Nullable Secret token, Duration connectTimeout, Duration timeout) {
    /** Where to, without the path, which may be secret. */
    @Override
    public String toString() {
        return "webhook on " + url.getScheme() + "://" + url.getAuthority();
    }
}
