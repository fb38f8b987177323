package dev.affidavit.logback;

/** The element {@code <AuditEncryption>} of an {@link AuditAppender}: with which key the log is encrypted. */
public final class AuditEncryption extends AuditElement {
    public AuditEncryption() {
        super("AuditEncryption", null);
    }

    public void setKey(String text) {
        put("key", text);
    }

    public void setKeyId(String text) {
        put("keyId", text);
    }

    public void setSecret(String text) {
        put("secret", text);
    }

    public void addAuditOldKey(AuditOldKey key) {
        add(key);
    }
}
