package dev.affidavit.log4j2;

import dev.affidavit.testkit.appender.VersionContract;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.slf4j.SLF4JServiceProvider;

final class Log4jVersionTest extends VersionContract {
    Log4jVersionTest() {
        super(Map.of(
                "log4j-api", LogManager.class,
                "log4j-core", LoggerContext.class,
                "log4j-slf4j2-impl", SLF4JServiceProvider.class));
    }
}
