package dev.affidavit.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import dev.affidavit.testkit.appender.VersionContract;
import java.util.Map;

final class LogbackVersionTest extends VersionContract {
    LogbackVersionTest() {
        super(Map.of("logback-classic", LoggerContext.class, "logback-core", Context.class));
    }
}
