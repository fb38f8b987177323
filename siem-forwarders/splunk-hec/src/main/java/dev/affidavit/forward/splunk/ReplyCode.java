package dev.affidavit.forward.splunk;

import org.jspecify.annotations.Nullable;

/**
 * The codes in answers of the HTTP Event Collector, up to Splunk 10.2 and Splunk Cloud 10.5. Their texts differ between versions, so
 * nothing depends on those; what stands here is for people.
 */
enum ReplyCode {
    SUCCESS(0, Meaning.TAKEN, "success"),
    TOKEN_DISABLED(1, Meaning.REFUSES_CLIENT, "the token is disabled: enable it in Splunk"),
    TOKEN_REQUIRED(2, Meaning.REFUSES_CLIENT, "no token arrived there: a proxy may drop the Authorization header"),
    INVALID_AUTHORIZATION(3, Meaning.REFUSES_CLIENT, "the authorization is not understood: look at token"),
    INVALID_TOKEN(4, Meaning.REFUSES_CLIENT, "the token is not known there: look at token and url"),
    NO_DATA(5, Meaning.BAD_EVENT, "no event was found in the request"),
    INVALID_FORMAT(6, Meaning.BAD_EVENT, "the event's format is refused"),
    INCORRECT_INDEX(
            7,
            Meaning.REFUSES_CLIENT,
            "the index is not there, or the token may not use it: look at index and the token"),
    INTERNAL_ERROR(8, Meaning.IN_DOUBT, "internal error of the server"),
    BUSY(9, Meaning.BUSY, "the server is busy"),
    CHANNEL_MISSING(10, Meaning.REFUSES_CLIENT, "the token wants acknowledgement: set ack=\"true\""),
    INVALID_CHANNEL(11, Meaning.REFUSES_CLIENT, "the channel is refused; a proxy may change its header"),
    EVENT_REQUIRED(12, Meaning.BAD_EVENT, "the event is missing"),
    EVENT_BLANK(13, Meaning.BAD_EVENT, "the event is blank"),
    ACK_DISABLED(
            14,
            Meaning.REFUSES_CLIENT,
            "the token has no acknowledgement: enable it for the token (useACK), or set ack=\"false\" and do with less"),
    INDEXED_FIELDS(15, Meaning.BAD_EVENT, "the event's indexed fields are refused"),
    QUERY_AUTHORIZATION(16, Meaning.REFUSES_CLIENT, "a token in the query is not allowed; something changes the url"),
    HEALTHY(17, Meaning.HEALTHY, "healthy"),
    QUEUES_FULL(18, Meaning.BUSY, "its queues are full"),
    ACK_UNAVAILABLE(19, Meaning.BUSY, "its acknowledgement service is not available"),
    QUEUES_FULL_ACK_UNAVAILABLE(
            20, Meaning.BUSY, "its queues are full and its acknowledgement service is not available"),
    HEALTH_INVALID_TOKEN(21, Meaning.REFUSES_CLIENT, "the token is not known there: look at token and url"),
    HEALTH_TOKEN_DISABLED(22, Meaning.REFUSES_CLIENT, "the token is disabled: enable it in Splunk"),
    SHUTTING_DOWN(23, Meaning.BUSY, "the server is shutting down"),
    QUEUE_NEARLY_FULL(24, Meaning.TAKEN_SLOW_DOWN, "taken; its queue is nearly full"),
    ACK_NEARLY_FULL(25, Meaning.TAKEN_SLOW_DOWN, "taken; its channel of acknowledgements is nearly full"),
    QUEUE_FULL(26, Meaning.BUSY, "its queue is full"),
    ACK_FULL(27, Meaning.BUSY, "its channel of acknowledgements is full"),
    CHANNEL_MISSING_CLOUD(
            28,
            Meaning.REFUSES_CLIENT,
            "the token wants acknowledgement: set ack=\"true\", behind a load balancer that keeps sessions on one indexer");

    private static final ReplyCode[] ALL = values();

    private final int code;
    private final Meaning meaning;
    private final String words;

    ReplyCode(int code, Meaning meaning, String words) {
        this.code = code;
        this.meaning = meaning;
        this.words = words;
    }

    int code() {
        return code;
    }

    Meaning meaning() {
        return meaning;
    }

    /** What it means and what to do, for a person. */
    String words() {
        return words;
    }

    /** Null if the answer has none, or one that is not known. */
    static @Nullable ReplyCode of(Reply reply) {
        for (ReplyCode candidate : ALL) {
            if (reply.code() != null && candidate.code == reply.code()) {
                return candidate;
            }
        }
        return null;
    }
}
