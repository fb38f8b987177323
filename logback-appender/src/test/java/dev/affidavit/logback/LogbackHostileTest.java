package dev.affidavit.logback;

import dev.affidavit.testkit.appender.HostileContract;

final class LogbackHostileTest extends HostileContract {
    LogbackHostileTest() {
        super(new LogbackUnderTest());
    }
}
