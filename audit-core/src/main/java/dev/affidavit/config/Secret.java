package dev.affidavit.config;

import org.jspecify.annotations.Nullable;

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

    /** Whether it is the same secret by the same reference: a forwarder goes on undisturbed with it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.reference.equals(reference) && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    /** The reference, such as {@code env:HEC_TOKEN}. */
    @Override
    public String toString() {
        return reference;
    }
}
