package dev.affidavit.forward.database;

import dev.affidavit.config.Secret;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who this client is.
 *
 * @param keyPassword of the file with the client's key
 */
record Credentials(
        String user, @Nullable Secret password, @Nullable Secret keyPassword) {
    private static final String HIDDEN = "***";

    /** For a driver. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        if (keyPassword != null) {
            properties.setProperty("sslpassword", keyPassword.reveal());
        }
        return properties;
    }

    /** The text without the secrets, should a server or a driver repeat them. */
    String hide(String text) {
        String hidden = text;
        for (Secret secret : Stream.of(password, keyPassword)
                .filter(secret -> secret != null)
                .toArray(Secret[]::new)) {
            hidden = hidden.replace(secret.reveal(), HIDDEN);
        }
        return hidden;
    }
}
