package dev.affidavit.forward.elasticsearch;

import java.io.Serial;
import java.security.cert.CertificateException;

/** The server shows no certificate of the authority that is expected. */
final class UnknownAuthorityException extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownAuthorityException(String message) {
        super(message);
    }
}
