package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A configuration with a fault: the appender refuses, with the fault in its message, to every kind of caller. */
public abstract class BadConfigurationContract {
    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;

    protected BadConfigurationContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.affidavit.testkit.appender.BadConfigurations#all")
    void shouldRefuseABadConfiguration(String what, UnaryOperator<Setup> change, String message) throws IOException {
        // given
        Files.createFile(temporary.resolve("file"));
        framework.configure(change.apply(Setup.in(temporary.resolve("log"))));

        // when
        String said = Outcomes.messageOf(() -> AuditLogger.get("security").record(EventType.AUTH_SUCCESS, e -> {}));
        String plain = Outcomes.messageOf(
                () -> LoggerFactory.getLogger("app").info(AuditMarkers.audit(), "by a plain logger"));

        // then
        assertThat(said).contains("audit appender 'audit' refuses: ").contains(message);
        assertThat(plain).contains("audit appender 'audit' refuses: ").contains(message);
        assertThat(temporary.resolve("log")).doesNotExist();
    }
}
