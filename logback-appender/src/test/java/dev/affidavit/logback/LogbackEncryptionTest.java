package dev.affidavit.logback;

import dev.affidavit.testkit.appender.EncryptionContract;

final class LogbackEncryptionTest extends EncryptionContract {
    LogbackEncryptionTest() {
        super(new LogbackUnderTest());
    }
}
