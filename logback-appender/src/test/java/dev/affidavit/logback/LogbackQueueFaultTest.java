package dev.affidavit.logback;

import dev.affidavit.testkit.appender.QueueFaultContract;

final class LogbackQueueFaultTest extends QueueFaultContract {
    LogbackQueueFaultTest() {
        super(new LogbackUnderTest());
    }
}
