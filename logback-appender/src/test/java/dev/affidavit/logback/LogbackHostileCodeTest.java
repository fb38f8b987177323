package dev.affidavit.logback;

import dev.affidavit.testkit.hostile.HostileCodeContract;

final class LogbackHostileCodeTest extends HostileCodeContract {
    LogbackHostileCodeTest() {
        super(new LogbackUnderTest());
    }
}
