package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.ListenerContract;

final class Log4jListenerTest extends ListenerContract {
    Log4jListenerTest() {
        super(new Log4jUnderTest());
    }
}
