package dev.affidavit.logback;

import dev.affidavit.testkit.appender.FullDiskContract;

final class LogbackFullDiskTest extends FullDiskContract {
    LogbackFullDiskTest() {
        super(new LogbackUnderTest());
    }
}
