package dev.affidavit.testkit.splunk;

/**
 * A reply.
 *
 * @param headers lines, each with its end
 */
public record HecReply(int status, String headers, String body) {
    public static HecReply of(int status, String body) {
        return new HecReply(status, "", body);
    }

    /** One of a code, with a text that nobody should depend on. */
    public static HecReply ofCode(int status, int code) {
        return of(status, "{\"text\":\"text %d\",\"code\":%d}".formatted(code, code));
    }

    /** One that names an event. */
    public static HecReply ofEvent(int status, int code, int event) {
        return of(
                status, "{\"text\":\"text %d\",\"code\":%d,\"invalid-event-number\":%d}".formatted(code, code, event));
    }

    public HecReply with(String header, String value) {
        return new HecReply(status, headers + header + ": " + value + "\r\n", body);
    }
}
