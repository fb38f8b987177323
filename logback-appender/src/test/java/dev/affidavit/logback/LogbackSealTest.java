package dev.affidavit.logback;

import dev.affidavit.testkit.appender.SealContract;

final class LogbackSealTest extends SealContract {
    LogbackSealTest() {
        super(new LogbackUnderTest());
    }
}
