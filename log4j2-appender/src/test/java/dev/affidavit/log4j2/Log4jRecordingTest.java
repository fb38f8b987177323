package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.RecordingContract;

final class Log4jRecordingTest extends RecordingContract {
    Log4jRecordingTest() {
        super(new Log4jUnderTest());
    }
}
