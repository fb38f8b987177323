package dev.affidavit.forward.syslog;

import java.time.Duration;

/**
 * Where a receiver is, and how long it is waited for.
 *
 * @param connectTimeout for each address of the host, and for the handshake of TLS
 * @param timeout how long the receiver may take nothing, or leave unanswered what it has to answer
 */
record Endpoint(String host, int port, Duration connectTimeout, Duration timeout) {
    /** As messages name it. */
    @Override
    public String toString() {
        return "%s:%d".formatted(host, port);
    }
}
