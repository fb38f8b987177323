package dev.affidavit.logback;

import dev.affidavit.testkit.appender.AppenderContract;

final class LogbackContractTest extends AppenderContract {
    LogbackContractTest() {
        super(new LogbackUnderTest());
    }
}
