package dev.affidavit.logback;

import dev.affidavit.testkit.appender.CallerContract;

final class LogbackCallerTest extends CallerContract {
    LogbackCallerTest() {
        super(new LogbackUnderTest());
    }
}
