package dev.affidavit.forward.syslog;

/** What carries the messages, each with the port that receivers have for it. */
enum Transport {
    /** RFC 5426. */
    UDP(514),
    /** RFC 6587. */
    TCP(601),
    /** RFC 5425. */
    TLS(6514),
    RELP(20514),
    RELP_TLS(20514);

    private final int defaultPort;

    Transport(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    int defaultPort() {
        return defaultPort;
    }

    boolean isUnderTls() {
        return this == TLS || this == RELP_TLS;
    }
}
