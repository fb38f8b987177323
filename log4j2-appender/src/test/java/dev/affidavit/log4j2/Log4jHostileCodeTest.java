package dev.affidavit.log4j2;

import dev.affidavit.testkit.hostile.HostileCodeContract;

final class Log4jHostileCodeTest extends HostileCodeContract {
    Log4jHostileCodeTest() {
        super(new Log4jUnderTest());
    }
}
