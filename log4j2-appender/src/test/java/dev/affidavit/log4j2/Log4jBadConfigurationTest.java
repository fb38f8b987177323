package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.BadConfigurationContract;

final class Log4jBadConfigurationTest extends BadConfigurationContract {
    Log4jBadConfigurationTest() {
        super(new Log4jUnderTest());
    }
}
