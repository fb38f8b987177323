package dev.affidavit.logback;

import dev.affidavit.testkit.hostile.HostileValuesContract;

final class LogbackHostileValuesTest extends HostileValuesContract {
    LogbackHostileValuesTest() {
        super(new LogbackUnderTest());
    }
}
