package dev.affidavit.logback;

import dev.affidavit.testkit.appender.RecordingContract;

final class LogbackRecordingTest extends RecordingContract {
    LogbackRecordingTest() {
        super(new LogbackUnderTest());
    }
}
