package dev.affidavit.witness;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a witness answered.
 *
 * @param status of HTTP
 * @param contentType empty if it did not say
 * @param body its beginning
 */
record Answer(int status, String contentType, String body) {
    static final int COSIGNED = 200;
    static final int KEY_UNKNOWN = 403;
    static final int LOG_UNKNOWN = 404;
    static final int OTHER_SIZE = 409;
    static final int PROOF_WRONG = 422;
    static final int TOO_MANY = 429;

    private static final int FIRST_OF_SERVERS = 500;
    private static final String SIZE_TYPE = "text/x.tlog.size";
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,18})\n");

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, new String(body, StandardCharsets.UTF_8));
    }

    /** The size that the witness saw last; empty if it does not say. */
    OptionalLong size() {
        if (status != OTHER_SIZE || !contentType.split(";", 2)[0].strip().equalsIgnoreCase(SIZE_TYPE)) {
            return OptionalLong.empty();
        }
        try {
            return SIZE.matcher(body).matches() ? OptionalLong.of(Long.parseLong(body.strip())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // beyond 2^63
        }
    }

    /** Whether the same request may be answered otherwise later. */
    boolean mayPass() {
        return status == TOO_MANY || status >= FIRST_OF_SERVERS;
    }
}
