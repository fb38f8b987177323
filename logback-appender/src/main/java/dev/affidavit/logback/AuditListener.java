package dev.affidavit.logback;

/**
 * The element {@code <AuditListener>} of an {@link AuditAppender}: whom events are told. Its provider's options are given
 * as {@code <option><name/><value/></option>}.
 */
public final class AuditListener extends AuditElement {
    public AuditListener() {
        super("AuditListener", "provider");
    }

    public void setProvider(String text) {
        put("provider", text);
    }
}
