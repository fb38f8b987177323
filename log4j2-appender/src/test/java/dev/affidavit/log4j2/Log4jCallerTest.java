package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.CallerContract;

final class Log4jCallerTest extends CallerContract {
    Log4jCallerTest() {
        super(new Log4jUnderTest());
    }
}
