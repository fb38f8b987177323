package dev.affidavit.forward.syslog;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.util.Locale;
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
    private static final byte[] VERSION = AsciiText.of(">1 ");
    private static final byte[] NIL = AsciiText.of("-");
    private static final byte[] EVENT_ID = AsciiText.of(" eventId=\"");
    private static final byte[] LOG_ID = AsciiText.of(" logId=\"");
    private static final byte[] END = AsciiText.of("] ");
    private static final int MAX_HOST = 255;
    private static final int MAX_APP_NAME = 48;
    private static final int MAX_PROCESS_ID = 128;
    private static final int MAX_MESSAGE_ID = 32;
    /** Longer than any id of ours; what else stands in a file must not grow the header without limit. */
    private static final int MAX_PARAMETER = 128;

    private static final int USUAL_LENGTH = 256;

    private final int facility;
    private final byte[] sender;
    private final byte[] elementId;
    private final byte[] end;

    Header(LogIdentity log, Sender sender) {
        this.facility = sender.facility().code();
        AsciiText fields = new AsciiText(USUAL_LENGTH).add(' ');
        field(fields, log.host(), MAX_HOST).add(' ');
        field(fields, sender.appName(), MAX_APP_NAME).add(' ');
        this.sender = field(fields, Long.toString(sender.processId()), MAX_PROCESS_ID)
                .add(' ')
                .toBytes();
        this.elementId = AsciiText.of(" [audit@" + sender.enterpriseId());
        this.end = parameter(new AsciiText(USUAL_LENGTH), LOG_ID, log.logId())
                .add(END)
                .toBytes();
    }

    byte[] of(ForwardedLine line) {
        AsciiText out = new AsciiText(USUAL_LENGTH);
        out.add('<').add(facility * 8 + severity(line.severity())).add(VERSION);
        timestamp(out, line.timestamp()).add(sender);
        field(out, line.eventType(), MAX_MESSAGE_ID).add(elementId);
        parameter(out, EVENT_ID, line.id()).add(end);
        return out.toBytes();
    }

    private static int severity(@Nullable String severity) {
        return switch (severity == null ? "" : severity.toUpperCase(Locale.ROOT)) {
            case "CRITICAL" -> 2;
            case "WARNING" -> 4;
            case "INFO" -> 6;
            default -> 5; // notice: nobody said how grave it is
        };
    }

    private static AsciiText timestamp(AsciiText out, @Nullable String timestamp) {
        return timestamp != null && EventTime.isReadByAll(timestamp)
                ? out.add(timestamp, ' ', timestamp.length())
                : out.add(NIL);
    }

    /** Other than printable ASCII is {@code _}, too long is cut, nothing is {@code -}. */
    private static AsciiText field(AsciiText out, @Nullable String text, int maxLength) {
        return text == null || text.isEmpty() ? out.add(NIL) : out.add(text, '!', maxLength);
    }

    private static AsciiText parameter(AsciiText out, byte[] name, @Nullable String value) {
        if (value == null) {
            return out;
        }
        out.add(name);
        for (int i = 0; i < value.length() && i < MAX_PARAMETER; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                out.add('\\');
            }
            out.add(c >= ' ' && c <= '~' ? c : '_');
        }
        return out.add('"');
    }
}
