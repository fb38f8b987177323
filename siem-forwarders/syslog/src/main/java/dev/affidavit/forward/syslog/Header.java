package dev.affidavit.forward.syslog;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an RFC 5424 message that stands before MSG, the space included:
 *
 * <pre>
 * &lt;PRI&gt;1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID [audit@ENTERPRISE eventId="…" logId="…"]
 * </pre>
 *
 * TIMESTAMP is the event's own and MSGID its type. A line that is not an event has {@code -} in their place. Immutable.
 */
final class Header {
    private static final String NIL = "-";
    private static final int MAX_HOST = 255;
    private static final int MAX_APP_NAME = 48;
    private static final int MAX_PROCESS_ID = 128;
    private static final int MAX_MESSAGE_ID = 32;
    /** Longer than any id of ours; what else stands in a file must not grow the header without limit. */
    private static final int MAX_PARAMETER = 128;

    /** At most six fraction digits, no leap second, {@code T} and {@code Z}: receivers garble what is more. */
    private static final Pattern TIMESTAMP = Pattern.compile(
            "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z");

    private final int facility;
    private final String sender;
    private final String elementId;
    private final String logId;

    Header(LogIdentity log, Sender sender) {
        this.facility = sender.facility().code();
        this.sender = "%s %s %s"
                .formatted(
                        headerText(log.host(), MAX_HOST),
                        headerText(sender.appName(), MAX_APP_NAME),
                        headerText(Long.toString(sender.processId()), MAX_PROCESS_ID));
        this.elementId = "audit@" + sender.enterpriseId();
        this.logId = log.logId();
    }

    byte[] of(ForwardedLine line) {
        StringBuilder out = new StringBuilder(256);
        out.append('<').append(facility * 8 + severity(line.severity())).append(">1 ");
        out.append(timestamp(line.timestamp())).append(' ');
        out.append(sender).append(' ');
        out.append(headerText(line.eventType(), MAX_MESSAGE_ID)).append(" [");
        out.append(elementId);
        parameter(out, "eventId", line.id());
        parameter(out, "logId", logId);
        out.append("] ");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int severity(@Nullable String severity) {
        return switch (severity == null ? "" : severity.toUpperCase(Locale.ROOT)) {
            case "CRITICAL" -> 2;
            case "WARNING" -> 4;
            case "INFO" -> 6;
            default -> 5; // notice: nobody said how grave it is
        };
    }

    private static String timestamp(@Nullable String timestamp) {
        return timestamp != null && TIMESTAMP.matcher(timestamp).matches() ? timestamp : NIL;
    }

    /** The text as a header field: other than printable ASCII is {@code _}, too long is cut, nothing is {@code -}. */
    private static String headerText(@Nullable String text, int maxLength) {
        if (text == null || text.isEmpty()) {
            return NIL;
        }
        StringBuilder field = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && i < maxLength; i++) {
            char c = text.charAt(i);
            field.append(c > ' ' && c <= '~' ? c : '_');
        }
        return field.toString();
    }

    private static void parameter(StringBuilder out, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        out.append(' ').append(name).append("=\"");
        for (int i = 0; i < value.length() && i < MAX_PARAMETER; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                out.append('\\');
            }
            out.append(c >= ' ' && c <= '~' ? c : '_');
        }
        out.append('"');
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
