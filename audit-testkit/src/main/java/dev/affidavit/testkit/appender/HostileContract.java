package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What hostile texts and objects must not do to a line, on their way through a real framework. */
public abstract class HostileContract {
    private static final Logger LOGGER = LoggerFactory.getLogger("app");
    private static final AuditLogger AUDIT = AuditLogger.get("security");

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private LogFile log = new LogFile(Path.of("unused"));

    protected HostileContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void configure() {
        log = new LogFile(temporary.resolve("log"));
        framework.configure(Setup.in(log.directory()));
    }

    @AfterEach
    void unconfigure() {
        MDC.clear();
        framework.unconfigure();
    }

    @ParameterizedTest
    @MethodSource("dev.affidavit.testkit.appender.HostileTexts#all")
    void shouldWriteHostileTextAsOneHarmlessLine(String text) {
        int before = log.lines().size();
        AUDIT.event(EventType.of("E"))
                .username(text)
                .description(text)
                .detail("k", text)
                .detail(text, 1)
                .log();
        MDC.put("username", text);
        LOGGER.info(AuditMarkers.audit(), "{}", text);
        LOGGER.info(AuditMarkers.audit(), text);

        List<String> lines = log.lines();
        assertThat(lines).hasSize(before + 3);
        assertThat(lines).noneMatch(line -> line.codePoints().anyMatch(HostileContract::isHidden));
        List<JsonNode> events = log.events();
        assertThat(events.get(0).get("description").textValue()).isEqualTo(text);
        assertThat(events.get(0).get("username").textValue()).isEqualTo(text);
        assertThat(events.get(0).get("details").get("k").textValue()).isEqualTo(text);
        assertThat(events)
                .extracting(event -> event.get("description").textValue())
                .containsExactly(text, text, text);
        assertThat(events)
                .extracting(event -> event.get("username").textValue())
                .containsExactly(text, text, text);
    }

    @Test
    void shouldSurviveHostileObjects() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        AUDIT.event(EventType.of("E")).detail("k", hostile).log();

        assertThat(log.event().get("details").get("k").textValue()).contains("unreadable");
    }

    @Test
    void shouldRecordAnEventThatIsMadeWhileAnotherIsWritten() {
        Object logging = new Object() {
            @Override
            public String toString() {
                LOGGER.info("not audit");
                return "text";
            }
        };
        AUDIT.event(EventType.of("E")).detail("k", logging).log();

        assertThat(log.event().get("details").get("k").textValue()).isEqualTo("text");
    }

    @Test
    void shouldNotEvaluateADescription() {
        assertThatThrownBy(() -> AUDIT.record(EventType.of(" "), event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        AUDIT.record(EventType.of("E"), event -> event.description("{} ${sys:user.name}"));

        assertThat(log.event().get("description").textValue()).isEqualTo("{} ${sys:user.name}");
    }

    private static boolean isHidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
