package dev.affidavit.logback;

import dev.affidavit.testkit.appender.EndingContract;

final class LogbackEndingTest extends EndingContract {
    LogbackEndingTest() {
        super(new LogbackUnderTest(), Stop.class);
    }

    public static final class Stop implements Runnable {
        @Override
        public void run() {
            LogbackUnderTest.context().stop();
        }
    }
}
