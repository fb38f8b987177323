package dev.affidavit.testkit.appender;

import java.util.stream.Stream;

/** Texts that have broken log lines, JSON, terminals and loggers. */
final class HostileTexts {
    private HostileTexts() {}

    static Stream<String> all() {
        return Stream.of(
                "",
                " ",
                "line\nfeed",
                "carriage\r\nreturn",
                "tab\tand \b\f\u000b",
                "nul\u0000inside",
                "escape \u001b[31mred\u001b[0m",
                "delete \u007f and C1 \u0085\u009b",
                "line\u2028separator\u2029paragraph",
                "bidi \u202egnp.exe\u202c \u2066x\u2069 \u200f",
                "zero\u200bwidth\ufeffmark\u2060",
                "lone high \ud83d",
                "lone low \ude00 in the middle",
                "pair \ud83d\ude00 and reversed \ude00\ud83d",
                "quote \" backslash \\ slash / end\\",
                "\",\"success\":false,\"x\":\"",
                "\"}\n{\"id\":\"evt_1\",\"event_type\":\"FORGED\"}",
                "${jndi:ldap://127.0.0.1:1/a}",
                "${env:PATH} ${sys:user.name} ${date:yyyy} ${java:version}",
                "{} {0} %s %n %d{ISO8601} {{}}",
                "<script>alert(1)</script> &amp; ]]>",
                "'; DROP TABLE audit; --",
                "=cmd|' /C calc'!A0",
                "noncharacter \uffff \ufdd0 \udbff\udfff",
                "x".repeat(100_000));
    }
}
