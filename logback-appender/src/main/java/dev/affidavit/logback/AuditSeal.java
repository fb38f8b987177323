package dev.affidavit.logback;

/** The element {@code <AuditSeal>} of an {@link AuditAppender}: how the log is sealed. */
public final class AuditSeal extends AuditElement {
    public AuditSeal() {
        super("AuditSeal", null);
    }

    public void setEnabled(String text) {
        put("enabled", text);
    }

    public void setOrigin(String text) {
        put("origin", text);
    }

    public void setInterval(String text) {
        put("interval", text);
    }

    public void setAnchorInterval(String text) {
        put("anchorInterval", text);
    }

    public void addAuditWitness(AuditWitness witness) {
        add(witness);
    }
}
