package dev.affidavit.testkit.delivery;

import dev.affidavit.testkit.SampleLog;
import java.util.List;
import java.util.stream.IntStream;

/** Events as a log has them: most of them small, some hostile, a few of 60 KB. */
public final class MixedEvents {
    private static final String ORDINARY = "bad password";
    private static final int LARGE_ONE_IN = 500;
    private static final int HOSTILE_ONE_IN = 20;
    private static final int LARGE_CHARS = 60 * 1024;
    /** As JSON writes them. */
    private static final List<String> HOSTILE = List.of(
            "\\r\\n12 <134>1 - - - - - - a frame",
            "\\\"}\\n{\\\"event_type\\\":\\\"FORGED\\\"}",
            "'; DROP TABLE entropy_audit_log; -- ${jndi:ldap://x} %{+yyyy} %s%n",
            "\\u001b[2J \\u202e \\u200b \\u2028 <script>alert(1)</script> ]]>",
            "Пароль 密码 🔑 e\u0301");

    private MixedEvents() {}

    /** The line of event {@code number}, the same at each call. */
    public static String event(int number) {
        String event = SampleLog.event(number);
        if (number % LARGE_ONE_IN == LARGE_ONE_IN - 1) {
            return event.replace(ORDINARY, "x".repeat(LARGE_CHARS));
        }
        return number % HOSTILE_ONE_IN == HOSTILE_ONE_IN - 1
                ? event.replace(ORDINARY, HOSTILE.get(number / HOSTILE_ONE_IN % HOSTILE.size()))
                : event;
    }

    static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(MixedEvents::event).toList();
    }
}
