package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.ReloadContract;

final class Log4jReloadTest extends ReloadContract {
    Log4jReloadTest() {
        super(new Log4jUnderTest());
    }
}
