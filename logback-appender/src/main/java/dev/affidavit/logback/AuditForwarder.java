package dev.affidavit.logback;

/**
 * The element {@code <AuditForwarder>} of an {@link AuditAppender}: where events go beside the file. It has an element for each
 * option of the product's destinations; which of them one takes is said by the destination.
 */
public final class AuditForwarder extends AuditElement {
    public AuditForwarder() {
        super("AuditForwarder", "to");
    }

    public void setTo(String text) {
        put("to", text);
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

    public void setFraming(String text) {
        put("framing", text);
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

    public void setCee(String text) {
        put("cee", text);
    }

    public void setMaxMessageSize(String text) {
        put("maxMessageSize", text);
    }

    public void setUrl(String text) {
        put("url", text);
    }

    public void setToken(String text) {
        put("token", text);
    }

    public void setIndex(String text) {
        put("index", text);
    }

    public void setSource(String text) {
        put("source", text);
    }

    public void setSourcetype(String text) {
        put("sourcetype", text);
    }

    public void setFields(String text) {
        put("fields", text);
    }

    public void setAck(String text) {
        put("ack", text);
    }

    public void setAckTimeout(String text) {
        put("ackTimeout", text);
    }

    public void setAckInterval(String text) {
        put("ackInterval", text);
    }

    public void setCompression(String text) {
        put("compression", text);
    }

    public void setDataStream(String text) {
        put("dataStream", text);
    }

    public void setInstallTemplate(String text) {
        put("installTemplate", text);
    }

    public void setApiKey(String text) {
        put("apiKey", text);
    }

    public void setBearerToken(String text) {
        put("bearerToken", text);
    }

    public void setUser(String text) {
        put("user", text);
    }

    public void setPassword(String text) {
        put("password", text);
    }

    public void setTable(String text) {
        put("table", text);
    }

    public void setCreateTable(String text) {
        put("createTable", text);
    }

    public void setConnectTimeout(String text) {
        put("connectTimeout", text);
    }

    public void setRequestTimeout(String text) {
        put("requestTimeout", text);
    }

    public void setTimeout(String text) {
        put("timeout", text);
    }

    public void setCaFile(String text) {
        put("caFile", text);
    }

    public void setTrustStore(String text) {
        put("trustStore", text);
    }

    public void setTrustStorePassword(String text) {
        put("trustStorePassword", text);
    }

    public void setCaFingerprint(String text) {
        put("caFingerprint", text);
    }

    public void setCertificateFile(String text) {
        put("certificateFile", text);
    }

    public void setKeyFile(String text) {
        put("keyFile", text);
    }

    public void setKeyPassword(String text) {
        put("keyPassword", text);
    }

    public void setKeyStore(String text) {
        put("keyStore", text);
    }

    public void setKeyStorePassword(String text) {
        put("keyStorePassword", text);
    }

    public void setMinTlsVersion(String text) {
        put("minTlsVersion", text);
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
