package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.QueueFaultContract;

final class Log4jQueueFaultTest extends QueueFaultContract {
    Log4jQueueFaultTest() {
        super(new Log4jUnderTest());
    }
}
