package dev.affidavit.forward.splunk;

/** What an answer says of a request, whatever its code. */
enum Meaning {
    /** Splunk has it. */
    TAKEN,
    /** Splunk has it, and would like less. */
    TAKEN_SLOW_DOWN,
    /** Not asked for events: it would take some. */
    HEALTHY,
    /** Splunk has none of it, and will take it later. */
    BUSY,
    /** Splunk may have it or not. */
    IN_DOUBT,
    /** Splunk refuses this client, whatever it sends: a person has to act. */
    REFUSES_CLIENT,
    /** An event is wrong; those before it are taken. */
    BAD_EVENT,
    /** Splunk has none of it, since it is too much at once. */
    TOO_LARGE;

    private static final int TOO_LARGE_STATUS = 413;

    boolean isTaken() {
        return this == TAKEN || this == TAKEN_SLOW_DOWN;
    }

    /** By the code; where there is none that is known, by the status. */
    static Meaning of(Reply reply) {
        ReplyCode known = ReplyCode.of(reply);
        if (reply.status() == TOO_LARGE_STATUS) { // no code has it: who answers so says nothing of events
            return TOO_LARGE;
        }
        if (known != null && known.meaning().isSuccess() == reply.isSuccess()) {
            return known.meaning();
        }
        return ofStatus(reply);
    }

    private boolean isSuccess() {
        return isTaken() || this == HEALTHY;
    }

    private static Meaning ofStatus(Reply reply) {
        if (reply.isSuccess()) {
            // Splunk always says a code. Who does not is a proxy, and its success is no receipt.
            return reply.code() != null && ReplyCode.of(reply) == null ? TAKEN : IN_DOUBT;
        }
        return switch (reply.status()) {
            case 429, 503 -> BUSY;
            case 404, 408 -> IN_DOUBT; // 404: also while Splunk restarts
            default -> reply.status() >= 300 && reply.status() < 500 ? REFUSES_CLIENT : IN_DOUBT;
        };
    }
}
