package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.HostileContract;

final class Log4jHostileTest extends HostileContract {
    Log4jHostileTest() {
        super(new Log4jUnderTest());
    }
}
