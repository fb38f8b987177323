package dev.affidavit.spi;

import java.io.IOException;
import java.io.Serial;

/**
 * The destination refuses this client, whatever it sends: a wrong token, an index that is not there, a certificate that
 * does not fit. A person has to do something. The forwarder says so, and tries again now and then.
 */
public final class MisconfiguredDestinationException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do, without secrets */
    public MisconfiguredDestinationException(String message) {
        super(message);
    }

    public MisconfiguredDestinationException(String message, Throwable cause) {
        super(message, cause);
    }
}
