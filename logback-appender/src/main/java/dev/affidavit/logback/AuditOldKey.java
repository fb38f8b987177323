package dev.affidavit.logback;

/** The element {@code <AuditOldKey>} of an {@link AuditEncryption}: a key that decrypts alone. */
public final class AuditOldKey extends AuditElement {
    public AuditOldKey() {
        super("AuditOldKey", null);
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
}
