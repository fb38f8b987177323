package dev.affidavit.logback;

import dev.affidavit.testkit.appender.ListenerContract;

final class LogbackListenerTest extends ListenerContract {
    LogbackListenerTest() {
        super(new LogbackUnderTest());
    }
}
