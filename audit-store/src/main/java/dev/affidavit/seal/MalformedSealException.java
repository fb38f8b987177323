package dev.affidavit.seal;

/** A text is not what the format says: the message tells what was expected and what was found. */
public final class MalformedSealException extends Exception {
    private static final long serialVersionUID = 1;

    /** What stands at this byte of a file is not what is expected there. */
    public static MalformedSealException at(long offset, String problem) {
        return new MalformedSealException("byte %d: %s".formatted(offset, problem));
    }

    /** The same, with the file that it is about. */
    public static MalformedSealException in(String file, MalformedSealException problem) {
        return new MalformedSealException(file + ": " + problem.getMessage(), problem);
    }

    /** @param message what was expected and what was found */
    public MalformedSealException(String message) {
        super(message);
    }

    /** The same, with what it comes from. */
    public MalformedSealException(String message, Throwable cause) {
        super(message, cause);
    }
}
