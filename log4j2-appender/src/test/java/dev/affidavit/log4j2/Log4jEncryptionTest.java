package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.EncryptionContract;

final class Log4jEncryptionTest extends EncryptionContract {
    Log4jEncryptionTest() {
        super(new Log4jUnderTest());
    }
}
