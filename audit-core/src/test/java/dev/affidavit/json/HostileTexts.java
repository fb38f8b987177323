package dev.affidavit.json;

import java.util.stream.Stream;

/** Texts that broke some logger, viewer or receiver. */
final class HostileTexts {
    private HostileTexts() {}

    static Stream<String> all() {
        return Stream.of(controls(), unicode(), syntax(), injection()).flatMap(texts -> texts);
    }

    private static Stream<String> controls() {
        return Stream.of(
                "line\rline",
                "line\nline",
                "line\r\nline",
                "nul\0nul",
                "\u001b[2Jcleared",
                "\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007",
                "\u001b]52;c;ZXZpbA==\u0007",
                "c1 \u0080\u0085\u0090\u009b2J\u009d\u009f",
                "next line \u0085 next line",
                "separators \u2028 and \u2029",
                "\u000b vertical \f form \u001c file \u001d group \u001e record \u001f unit",
                "\b\t\u007f");
    }

    private static Stream<String> unicode() {
        return Stream.of(
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
                "emoji \ud83d\ude00 and family \ud83d\udc68\u200d\ud83d\udc69",
                "\u05d3\u05d5\u05d3 \u0645\u062d\u0645\u062f",
                "I\u0307\u0131\u0130 \u00df \ufb03",
                "overlong \u00c0\u00ae \u00c0\u0080");
    }

    private static Stream<String> syntax() {
        return Stream.of(
                "",
                " ",
                "x",
                "\"",
                "\\",
                "\\\\",
                "ends with \\",
                "ends with \"",
                "\"},{\"",
                "\",\"severity\":\"INFO\",\"x\":\"",
                "}\n{\"id\":\"evt_1\"}",
                "\\u0022\\n\\ud800",
                "</script><script>alert(1)</script>",
                "null",
                "true",
                "[1,2]",
                "{}",
                "__proto__",
                "seq",
                "type",
                "id",
                "timestamp",
                "details",
                "[cut]",
                "#2");
    }

    private static Stream<String> injection() {
        return Stream.of(
                "${jndi:ldap://127.0.0.1:1/x}",
                "${env:PATH} ${sys:user.home} ${ctx:username} $${date:yyyy}",
                "%X{username} %m %s%n %d",
                "{} {0} {1}",
                "#{1+1} %{1+1} *{x}",
                "=cmd|' /C calc'!A0",
                "@SUM(1) +1 -1",
                "<134>1 2026-01-19T02:54:27Z host app - - - fake",
                "123 <134>1 octet count",
                "' OR 1=1 --",
                "../../etc/passwd",
                "a".repeat(64 * 1024) + "!");
    }
}
