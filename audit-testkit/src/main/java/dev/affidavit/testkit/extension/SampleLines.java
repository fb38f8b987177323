package dev.affidavit.testkit.extension;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.SampleLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lines of a log, such as an extension may meet, and the log that they are of. */
public final class SampleLines {
    /** The most that a line of a log has. */
    private static final int LINE_LIMIT = 1024 * 1024;

    public static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");

    private SampleLines() {}

    /** The events with these numbers. */
    public static List<ForwardedLine> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(SampleLog::event)
                .map(SampleLines::line)
                .toList();
    }

    /** An event as large as they come. */
    static ForwardedLine largest() {
        String event = SampleLog.event(1);
        String room = "x".repeat(LINE_LIMIT - event.length() - 16);
        return line(event.replace("bad password", room));
    }

    /** Events whose text means something to shells, browsers, terminals, queries, frames and other parsers. */
    static List<ForwardedLine> hostile() {
        return Stream.of(
                        "\\u0000 \\u0007 \\u001b[2J",
                        "\\r\\n12 <134>1 - - - - - - a frame",
                        "\\\"}\\n{\\\"event_type\\\":\\\"FORGED\\\"}",
                        "'; DROP TABLE t; -- ${jndi:ldap://x} {{7*7}} %{+yyyy} %s%n",
                        "<script>alert(1)</script> &amp; ]]> \\\\ ] | = , ; \\t",
                        "Пароль 密码 🔑 e\u0301 \\u202e \\u200b \\ud800 \\udfff")
                .map(text -> line(SampleLog.event(2).replace("bad password", text)))
                .toList();
    }

    /** What the log says of itself. */
    static List<ForwardedLine> ownOfTheLog() {
        return Stream.of("AUDIT_LOG_STARTED", "AUDIT_CONFIG_CHANGED", "AUDIT_EVENTS_LOST", "AUDIT_LOG_STOPPED")
                .map(type -> line("{\"id\":\"evt_1795213454000000003_1795213454\",\"timestamp\":"
                        + "\"2026-11-20T22:24:14.000003Z\",\"event_type\":\"" + type + "\",\"severity\":\"INFO\","
                        + "\"username\":\"\",\"session_id\":\"\",\"ip_address\":\"\",\"port\":null,"
                        + "\"user_agent\":\"\",\"description\":\"\",\"details\":{\"changes\":{\"bufferSize\":\"7\"}},"
                        + "\"success\":true,\"error_code\":\"\"}"))
                .toList();
    }

    /** What is no event: an encrypted line, an empty object, text. */
    static List<ForwardedLine> others() {
        return Stream.of("eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d", "{}", "[1,2]", "not JSON")
                .map(SampleLines::line)
                .toList();
    }

    public static List<ForwardedLine> lines(String... texts) {
        return lines(List.of(texts));
    }

    public static List<ForwardedLine> lines(List<String> texts) {
        return texts.stream().map(SampleLines::line).toList();
    }

    public static ForwardedLine line(String text) {
        return new ForwardedLine(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> texts(List<byte[]> lines) {
        // Each byte is a character, so that no two different lines are one text.
        return lines.stream()
                .map(line -> new String(line, StandardCharsets.ISO_8859_1))
                .toList();
    }

    static List<String> textsOf(List<ForwardedLine> lines) {
        return texts(lines.stream().map(ForwardedLine::json).toList());
    }
}
