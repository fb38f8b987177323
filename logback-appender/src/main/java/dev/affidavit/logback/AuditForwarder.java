package dev.affidavit.logback;

/** The element {@code <AuditForwarder>} of an {@link AuditAppender}: where events go beside the file. */
public final class AuditForwarder extends AuditElement {
    public AuditForwarder() {
        super("AuditForwarder", "to");
    }

    public void setTo(String destination) {
        put("to", destination);
    }

    public void setHost(String text) {
        put("host", text);
    }

    public void setPort(String text) {
        put("port", text);
    }

    public void setTransport(String text) {
        put("transport", text);
    }

    public void setFacility(String text) {
        put("facility", text);
    }

    public void setAppName(String text) {
        put("appName", text);
    }

    public void setEnterpriseId(String text) {
        put("enterpriseId", text);
    }

    public void setConnectTimeout(String text) {
        put("connectTimeout", text);
    }

    public void setBatchEvents(String text) {
        put("batchEvents", text);
    }

    public void setBatchSize(String text) {
        put("batchSize", text);
    }

    public void setBatchDelay(String text) {
        put("batchDelay", text);
    }
}
