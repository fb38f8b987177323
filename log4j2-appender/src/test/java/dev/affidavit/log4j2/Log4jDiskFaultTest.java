package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.DiskFaultContract;

final class Log4jDiskFaultTest extends DiskFaultContract {
    Log4jDiskFaultTest() {
        super(new Log4jUnderTest());
    }
}
