package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.AppenderContract;

final class Log4jContractTest extends AppenderContract {
    Log4jContractTest() {
        super(new Log4jUnderTest());
    }
}
