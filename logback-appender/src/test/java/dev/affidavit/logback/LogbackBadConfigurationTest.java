package dev.affidavit.logback;

import dev.affidavit.testkit.appender.BadConfigurationContract;

final class LogbackBadConfigurationTest extends BadConfigurationContract {
    LogbackBadConfigurationTest() {
        super(new LogbackUnderTest());
    }
}
