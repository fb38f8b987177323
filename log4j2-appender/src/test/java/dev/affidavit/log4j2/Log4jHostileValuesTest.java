package dev.affidavit.log4j2;

import dev.affidavit.testkit.hostile.HostileValuesContract;

final class Log4jHostileValuesTest extends HostileValuesContract {
    Log4jHostileValuesTest() {
        super(new Log4jUnderTest());
    }
}
