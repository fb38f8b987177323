package dev.affidavit.config;

/** A secret that was given by reference. Only {@link #reveal} shows it; the reference is all that is ever printed. */
public final class Secret {
    private final String reference;
    private final String value;

    Secret(String reference, String value) {
        this.reference = reference;
        this.value = value;
    }

    /** The secret itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    /** The reference, such as {@code env:HEC_TOKEN}. */
    @Override
    public String toString() {
        return reference;
    }
}
