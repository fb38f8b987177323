package dev.affidavit.seal;

/** A text is not what the format says: the message tells what was expected and what was found. */
public final class MalformedSealException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedSealException(String message) {
        super(message);
    }

    MalformedSealException(String message, Throwable cause) {
        super(message, cause);
    }
}
