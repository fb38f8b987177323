package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.spi.FakeBackend;
import dev.affidavit.spi.FakeCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks that cannot record, and what becomes of the events that they get. */
final class RefusingSinkTest {
    private static final AuditLogger AUDIT = AuditLogger.get("security").withReceiptTimeout(Duration.ZERO);

    @TempDir
    Path directory;

    private TestLog log;

    @BeforeEach
    void prepare() {
        log = new TestLog(directory.resolve("log"));
    }

    @AfterEach
    void reset() {
        FakeBackend.reset();
    }

    private static void ask(AuditSink sink, boolean onCallersThread) {
        FakeBackend.appender(event -> {
            FakeCall call = FakeCall.of(event);
            sink.accept(onCallersThread ? call : call.onAnotherThread());
        });
    }

    private static void login() {
        AUDIT.event(EventType.AUTH_FAILURE).username("bob").log();
    }

    @Test
    void shouldRefuseUnderABadConfiguration() {
        try (AuditSink sink = log.with("maxFiles", "0").with("colour", "red").open("append: unsupported")) {
            assertThat(sink.problems())
                    .containsExactly(
                            "append: unsupported",
                            "maxFiles: expected a whole number from 2 to 1000000, found '0'",
                            sink.problems().get(2));
            assertThat(log.status.errors)
                    .hasSize(3)
                    .contains("audit appender 'audit' refuses every event: append: unsupported");
            assertThatThrownBy(() -> sink.accept(FakeCall.of("x")))
                    .isInstanceOf(AuditException.class)
                    .hasMessageStartingWith("audit event not recorded: audit appender 'audit' refuses: append:")
                    .hasMessageContaining("; maxFiles: expected")
                    .hasMessageContaining("; colour: unknown option");
            assertThatCode(() -> sink.accept(FakeCall.of("x").unmarked())).doesNotThrowAnyException();
            sink.installed();
        }
        assertThat(directory.resolve("log")).doesNotExist();
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeUsed() throws IOException {
        Files.writeString(directory.resolve("log"), "a file");

        try (AuditSink sink = log.open()) {
            assertThat(sink.problems()).singleElement().asString().startsWith("directory: ");
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsTaken() {
        System.setProperty("dev.affidavit.writer:" + directory, "another class loader");
        try (AuditSink sink = new TestLog(directory).open()) {
            assertThat(sink.problems())
                    .singleElement()
                    .asString()
                    .contains(directory.toString())
                    .contains("another application in this process");
        } finally {
            System.clearProperty("dev.affidavit.writer:" + directory);
        }
    }

    @Test
    void shouldTellAuditLoggerWhy() {
        try (AuditSink sink = log.open("something is wrong")) {
            ask(sink, true);
            assertThatThrownBy(RefusingSinkTest::login)
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("something is wrong");

            ask(sink, false);
            assertThatThrownBy(RefusingSinkTest::login)
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("something is wrong");
        }
    }

    @Test
    void shouldNeverThrowOnAThreadThatIsNotTheCallers() {
        try (AuditSink sink = log.with("name", "away").open("something is wrong")) {
            sink.accept(FakeCall.of("x").onAnotherThread());
            sink.accept(FakeCall.of("x").onAnotherThread());
        }

        assertThat(log.status.errors)
                .containsExactly(
                        "audit appender 'away' refuses every event: something is wrong",
                        "audit appender 'away': audit event not recorded: audit appender 'away' refuses:"
                                + " something is wrong");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetTheApplicationGoOn(boolean onCallersThread) {
        try (AuditSink sink =
                log.with("name", "away").with("onFailure", "continue").open("something is wrong")) {
            ask(sink, onCallersThread);

            sink.accept(FakeCall.of("x"));
            assertThatCode(RefusingSinkTest::login).doesNotThrowAnyException();
        }
        assertThat(log.shutdowns).isEmpty();
    }

    @Test
    void shouldFailAnEventWhoseOwnCodeBreaksTheAppender() {
        try (AuditSink sink = log.open()) {
            FakeCall call = FakeCall.of("x").failing(new StackOverflowError("a value's toString"));

            assertThatThrownBy(() -> sink.accept(call))
                    .isInstanceOf(AuditException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void shouldAnswerThoughAnotherListensToTheFrameworkAndThrows() {
        log.status.listener(message -> {
            throw new IllegalStateException("of a status listener");
        });
        try (AuditSink sink = log.open()) {
            FakeBackend.appender(event -> sink.accept(FakeCall.of(event)
                    .failing(new OutOfMemoryError("none left"))
                    .onAnotherThread()));

            assertThatThrownBy(RefusingSinkTest::login).hasMessageContaining("none left");
        }
    }

    @Test
    void shouldTellTheCallerOfEveryErrorAndKeepTheLogWhole() {
        try (AuditSink sink = log.open()) {
            for (Error error : List.of(new OutOfMemoryError("none left"), new StackOverflowError("too deep"))) {
                assertThatThrownBy(() -> sink.accept(FakeCall.of("x").failing(error)))
                        .isInstanceOf(AuditException.class)
                        .hasRootCause(error);
            }
            sink.accept(FakeCall.of("after"));
        }

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(log.only("AUDIT_LOG_STOPPED").get("details"))
                .hasToString("{\"recorded\":2,\"failed\":2,\"lost\":0}");
    }
}
