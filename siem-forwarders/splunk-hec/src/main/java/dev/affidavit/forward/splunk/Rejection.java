package dev.affidavit.forward.splunk;

import dev.affidavit.forward.http.RetryAfter;
import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** What to tell the engine, and a person, of an answer that is no success. */
final class Rejection {
    private Rejection() {}

    static IOException of(Reply reply, Endpoint endpoint, Instant now) {
        String message = message(reply, endpoint);
        return switch (Meaning.of(reply)) {
            case REFUSES_CLIENT -> new MisconfiguredDestinationException(message);
            case BUSY -> new DestinationBusyException(message, pause(reply, now));
            case TOO_LARGE, BAD_EVENT -> new BatchTooLargeException(message);
            case IN_DOUBT, TAKEN, TAKEN_SLOW_DOWN, HEALTHY -> new IOException(message);
        };
    }

    private static Duration pause(Reply reply, Instant now) {
        return RetryAfter.of(reply.headers().firstValue(RetryAfter.HEADER).orElse(null), now);
    }

    /** Nothing of the body's text, which may repeat the token. */
    static String message(Reply reply, Endpoint endpoint) {
        ReplyCode known = ReplyCode.of(reply);
        if (known != null && known.meaning() == Meaning.of(reply)) {
            return "%s answered %d, code %d: %s".formatted(endpoint, reply.status(), known.code(), known.words());
        }
        return reply.code() == null
                ? "%s answered %d: %s".formatted(endpoint, reply.status(), words(reply))
                : "%s answered %d, code %d: %s".formatted(endpoint, reply.status(), reply.code(), words(reply));
    }

    private static String words(Reply reply) {
        int status = reply.status();
        return switch (status) {
            case 401, 403 -> "look at token, and at what a proxy wants";
            case 404 -> "Splunk says so while it restarts; if it lasts, look at url";
            case 407 -> "a proxy wants to know who this is";
            case 413 -> "too much at once";
            case 415 -> "the body's coding is refused: try compression=\"none\"";
            case 301, 302, 303, 307, 308 -> "it is elsewhere; say where in url, since a token is not sent on";
            default -> status / 100 == 4 ? "look at url: is this an HTTP Event Collector?" : ofOthers(status);
        };
    }

    private static String ofOthers(int status) {
        return status / 100 == 2
                ? "not as Splunk does, so this is no receipt: look at url"
                : "see the server's own log";
    }
}
