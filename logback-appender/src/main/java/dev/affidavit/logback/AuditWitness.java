package dev.affidavit.logback;

/** The element {@code <AuditWitness>} of an {@link AuditSeal}: who cosigns the seals of the log. */
public final class AuditWitness extends AuditElement {
    public AuditWitness() {
        super("AuditWitness", null);
    }

    public void setUrl(String text) {
        put("url", text);
    }

    public void setKey(String text) {
        put("key", text);
    }

    public void setTimeout(String text) {
        put("timeout", text);
    }
}
