package dev.affidavit.forward.tls;

import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a person has to do when one of two sides refuses the other. */
public final class TlsRefusal {
    private static final String ALERT = "Received fatal alert: ";

    private TlsRefusal() {}

    /**
     * The failure, in words that name the certificate at fault and the option to change; or as it is, if it is none of TLS that a person
     * could mend.
     *
     * @param peer as messages name it, such as {@code siem.example.com:6514}
     */
    public static IOException explained(IOException failure, String peer) {
        return explained(failure, peer, OptionNames.OF_TLS_OPTIONS);
    }

    /** The same for a client whose options have other names. */
    public static IOException explained(IOException failure, String peer, OptionNames names) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String explanation = explanation(cause, names);
            if (explanation != null) {
                return new MisconfiguredDestinationException(peer + " " + explanation, failure);
            }
        }
        return failure;
    }

    private static @Nullable String explanation(Throwable cause, OptionNames names) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return "shows a certificate that has expired (%s): renew it there".formatted(message);
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "shows a certificate that is not valid yet (%s): look at the clocks of both machines"
                    .formatted(message);
        }
        if (cause instanceof CertPathBuilderException) {
            return "shows a certificate that no trusted authority has issued: name its authority in "
                    + names.authority();
        }
        if (cause instanceof CertPathValidatorException && cause.getCause() == null) {
            return "shows a certificate that is refused: " + message;
        }
        if (cause instanceof CertificateException && cause.getCause() == null && isAboutNames(message)) {
            return "shows a certificate for another host (%s): name the host as the certificate does"
                    .formatted(message);
        }
        if (cause instanceof SSLException) {
            int alert = message.indexOf(ALERT);
            return alert < 0 ? ofProtocol(message, names) : ofAlert(message.substring(alert + ALERT.length()), names);
        }
        return null;
    }

    private static boolean isAboutNames(String message) {
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }

    private static @Nullable String ofProtocol(String message, OptionNames names) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.startsWith("unsupported or unrecognized ssl message") || text.contains("plaintext connection")) {
            return "does not speak TLS on this port";
        }
        return text.contains("protocol version") || text.contains("no appropriate protocol")
                ? "speaks no version of TLS that is allowed here: see %s (%s)".formatted(names.version(), message)
                : null;
    }

    private static @Nullable String ofAlert(String alert, OptionNames names) {
        return switch (alert.strip()) {
            case "certificate_required" -> "wants a certificate of ours: set " + names.certificate();
            case "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "access_denied" ->
                "refuses our certificate, or that we show none (%s): see %s".formatted(alert, names.certificate());
            case "protocol_version" -> "speaks no version of TLS that is allowed here: see " + names.version();
            case "handshake_failure", "insufficient_security" ->
                "refuses our certificate, or that we show none, or has no cipher in common with us (%s): see %s"
                        .formatted(alert, names.certificate());
            default -> null;
        };
    }

    /**
     * How the options are called that a person has to change.
     *
     * @param authority those that say whom to trust
     * @param certificate those that say what to show
     * @param version those that say which versions of TLS are taken
     */
    public record OptionNames(String authority, String certificate, String version) {
        private static final OptionNames OF_TLS_OPTIONS =
                new OptionNames("caFile or trustStore", "certificateFile and keyFile, or keyStore", "minTlsVersion");
    }
}
