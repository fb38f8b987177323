package dev.affidavit.logback;

import dev.affidavit.testkit.appender.DiskFaultContract;

final class LogbackDiskFaultTest extends DiskFaultContract {
    LogbackDiskFaultTest() {
        super(new LogbackUnderTest());
    }
}
