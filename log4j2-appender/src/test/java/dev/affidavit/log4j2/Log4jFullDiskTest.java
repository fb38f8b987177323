package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.FullDiskContract;

final class Log4jFullDiskTest extends FullDiskContract {
    Log4jFullDiskTest() {
        super(new Log4jUnderTest());
    }
}
