package dev.affidavit.testkit.hostile;

import java.util.List;
import java.util.stream.Stream;

/** Texts that broke some logger, viewer, parser or receiver. */
public final class HostileTexts {
    private HostileTexts() {}

    /** None is blank but the first two; none names a field that a plain logger can set. */
    public static List<String> all() {
        return Stream.of(blank(), controls(), unicode(), syntax(), injection(), lookups(1), lengths())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> blank() {
        return List.of("", " ");
    }

    private static List<String> controls() {
        return List.of(
                "line\rline",
                "line\nline",
                "line\r\nline",
                "\nat the start, and at the end\n",
                "nul\0nul",
                "\u001b[2Jcleared",
                "\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007",
                "\u001b]52;c;ZXZpbA==\u0007",
                "c1 \u0080\u0085\u0090\u009b2J\u009d\u009f",
                "next line \u0085 next line",
                "separators \u2028 and \u2029",
                "\u000b vertical \f form \u001c file \u001d group \u001e record \u001f unit",
                "\b\t\u007f\u001a\u0004");
    }

    private static List<String> unicode() {
        return List.of(
                "user\u202egpj.exe",
                "\u2066\u2067\u2068\u2069 \u200e\u200f \u061c \u202a\u202b\u202c\u202d",
                "zero\u200bwidth\u200c\u200d\u2060\ufeff soft\u00adhyphen \u180e",
                "\ufeffbyte order mark",
                "\ufff9annotated\ufffaannotation\ufffb",
                "tags \udb40\udc41\udb40\udc7f variation \udb40\udd00",
                "\ud800",
                "\udc00",
                "high \ud83d",
                "\ude00 low",
                "swapped \ude00\ud83d",
                "\ud83d\ud83d\ude00\ude00",
                "noncharacters \ufdd0 \ufffe \uffff \ud83f\udffe \udbff\udfff",
                "replacement \ufffd",
                "private \ue000 \udbc0\udc00",
                "emoji \ud83d\ude00 and family \ud83d\udc68\u200d\ud83d\udc69",
                "\u05d3\u05d5\u05d3 \u0645\u062d\u0645\u062f",
                "I\u0307\u0131\u0130 \u00df \ufb03",
                "e\u0301 and \u00e9",
                "overlong \u00c0\u00ae \u00c0\u0080 \u00ed\u00a0\u0080",
                "Zal\u0336\u0322go " + "\u0301".repeat(200));
    }

    private static List<String> syntax() {
        return List.of(
                "x",
                "\"",
                "\\",
                "\\\\",
                "ends with \\",
                "ends with \"",
                "\"},{\"",
                "\",\"severity\":\"INFO\",\"x\":\"",
                "}\n{\"id\":\"evt_1\"}",
                "\"}\n{\"id\":\"evt_1768791267000000000_1768791267\",\"event_type\":\"FORGED\"}",
                "\\u0022\\n\\ud800",
                "</script><script>alert(1)</script> <!-- ]]> &amp;",
                "null",
                "true",
                "NaN",
                "-0",
                "1e400",
                "9223372036854775808",
                "[1,2]",
                "{}",
                "__proto__",
                "constructor",
                "seq",
                "type",
                "id",
                "timestamp",
                "details",
                "service",
                "host",
                "details.timestamp",
                "[cut]",
                "[unreadable: java.lang.Error]",
                "\u2026[cut, 7 characters]",
                "#2");
    }

    private static List<String> injection() {
        return List.of(
                "%X{username} %m %s%n %d{ISO8601} %ex",
                "{} {0} {1} {{}} \\{}",
                "#{1+1} %{1+1} *{x} @{x} #{T(java.lang.Runtime)}",
                "=cmd|' /C calc'!A0",
                "@SUM(1) +1 -1\t",
                "<134>1 2026-01-19T02:54:27Z host app - - - fake",
                "123 <134>1 octet count",
                "CEF:0|a|b|1|2|3|10|src=1 \\| \\=",
                "' OR 1=1 --",
                "; rm -rf / $(id) `id`",
                "../../etc/passwd",
                "C:\\..\\con",
                "Authorization: Basic YWxpY2U6c2VjcmV0",
                "https://alice:s3cret@host/?token=4111111111111111",
                "a".repeat(2000) + "!",
                "(a+)+$" + "a".repeat(100) + "!");
    }

    /** What asks a logger to look something up, some of it by a connection to {@code port} of this machine. */
    public static List<String> lookups(int port) {
        return List.of(
                "${jndi:ldap://127.0.0.1:%d/x}".formatted(port),
                "${${lower:j}ndi:${lower:l}dap://127.0.0.1:%d/x}".formatted(port),
                "${jndi:rmi://127.0.0.1:%d/x} ${jndi:dns://127.0.0.1:%d/x}".formatted(port, port),
                "${spring:x} ${script:js:1} ${url:http://127.0.0.1:%d/x}".formatted(port),
                "${env:PATH} ${sys:user.home} ${ctx:username} $${date:yyyy} ${java:version} ${main:0} ${PATH}",
                "%date{http://127.0.0.1:" + port + "/x} %replace{x}{x}{y}");
    }

    private static List<String> lengths() {
        return List.of("k".repeat(1024), "k".repeat(1023) + "\ud83d\ude00", "\u0001".repeat(500));
    }
}
