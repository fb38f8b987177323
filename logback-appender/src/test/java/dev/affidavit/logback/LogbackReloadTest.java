package dev.affidavit.logback;

import dev.affidavit.testkit.appender.ReloadContract;

final class LogbackReloadTest extends ReloadContract {
    LogbackReloadTest() {
        super(new LogbackUnderTest());
    }
}
