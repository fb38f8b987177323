package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.EndingContract;
import org.apache.logging.log4j.LogManager;

final class Log4jEndingTest extends EndingContract {
    Log4jEndingTest() {
        super(new Log4jUnderTest(), Stop.class);
    }

    public static final class Stop implements Runnable {
        @Override
        public void run() {
            LogManager.shutdown();
        }
    }
}
