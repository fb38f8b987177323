package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.SealContract;

final class Log4jSealTest extends SealContract {
    Log4jSealTest() {
        super(new Log4jUnderTest());
    }
}
