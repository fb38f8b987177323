package dev.affidavit.logback;

import dev.affidavit.testkit.hostile.HostileFieldsContract;

final class LogbackHostileFieldsTest extends HostileFieldsContract {
    LogbackHostileFieldsTest() {
        super(new LogbackUnderTest());
    }
}
