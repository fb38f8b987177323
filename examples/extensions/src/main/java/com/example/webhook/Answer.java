package com.example.webhook;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What the status of an answer means for the lines. */
final class Answer {
    private Answer() {}

    /** @param said what the server said, for a person */
    static Delivery of(HttpResponse<?> response, String said, List<ForwardedLine> lines, String where)
            throws IOException {
        int status = response.statusCode();
        String answer = "%s answered %d%s".formatted(where, status, said.isEmpty() ? "" : ": " + said);
        return switch (status) {
            case 200, 201, 202, 204 -> Delivery.ofAll(lines);
            case 413 -> throw new BatchTooLargeException(answer);
            case 400, 422 -> refused(answer, lines);
            case 429, 503 -> throw busy(response, answer);
            case 301, 302, 303, 307, 308 ->
                throw new MisconfiguredDestinationException(answer + ". It is elsewhere; say where in url.");
            case 401, 403, 407 -> throw new MisconfiguredDestinationException(answer + ". Look at token.");
            case 404, 405, 410, 415 -> throw new MisconfiguredDestinationException(answer + ". Look at url.");
            default -> throw new IOException(answer);
        };
    }

    /** One of the lines is wrong. The engine sends them in halves until it stands alone. */
    private static Delivery refused(String answer, List<ForwardedLine> lines) throws BatchTooLargeException {
        if (lines.size() > 1) {
            throw new BatchTooLargeException(answer);
        }
        return new Delivery(1, List.of(new Delivery.Refusal(0, answer)));
    }

    private static IOException busy(HttpResponse<?> response, String answer) {
        Optional<Duration> pause = response.headers().firstValue("Retry-After").flatMap(Answer::pause);
        return pause.isPresent() ? new DestinationBusyException(answer, pause.get()) : new IOException(answer);
    }

    /** Seconds, or a date (RFC 9110); empty for anything else. */
    private static Optional<Duration> pause(String text) {
        try {
            Duration pause = text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
