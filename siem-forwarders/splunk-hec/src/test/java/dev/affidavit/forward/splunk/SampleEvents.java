package dev.affidavit.forward.splunk;

import dev.affidavit.testkit.SampleLog;
import java.util.function.Predicate;

/** Events by their number. */
final class SampleEvents {
    private SampleEvents() {}

    static Predicate<String> number(int number) {
        return SampleLog.event(number)::equals;
    }
}
