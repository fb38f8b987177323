package com.example.kms;

import dev.affidavit.config.Secret;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeyProvider;
import dev.affidavit.encryption.KeyRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** Keys by the URL that a service has for them: {@code kms:https://kms.example.com/keys/audit-2026-11}. */
public final class ServiceKeyProvider implements KeyProvider {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String scheme() {
        return "kms";
    }

    @Override
    public KeyEncryptionKey open(KeyRequest request) throws IOException {
        Secret token = request.secret();
        if (token == null) {
            throw new IOException("expected a token for the service, found none");
        }
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        return new ServiceKey(client, url(request.name()), token);
    }

    private static URI url(String name) throws IOException {
        try {
            URI url = URI.create(name);
            // A content key goes over this connection.
            if (url.getHost() != null && ("https".equals(url.getScheme()) || isLocal(url))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("expected the https URL of a key, found none", e);
        }
        throw new IOException("expected the https URL of a key, found '%s'".formatted(name));
    }

    private static boolean isLocal(URI url) {
        return "http".equals(url.getScheme()) && "127.0.0.1".equals(url.getHost());
    }
}
