package dev.affidavit.verify;

/** A line cannot be proven to be in a log: the message tells why. */
public final class NoProofException extends Exception {
    private static final long serialVersionUID = 1;

    NoProofException(String message) {
        super(message);
    }
}
