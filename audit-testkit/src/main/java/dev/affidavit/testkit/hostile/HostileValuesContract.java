package dev.affidavit.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditEvent;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.appender.FrameworkUnderTest;
import dev.affidavit.testkit.appender.Setup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values that are no harmless text, and texts of any length: the line holds them, or the documented mark. */
@RequiresProgram({"python3", "jq"})
public abstract class HostileValuesContract {
    private static final Logger LOGGER = LoggerFactory.getLogger("app");
    private static final AuditLogger AUDIT = AuditLogger.get("security");
    private static final String TYPE = "E";

    /** Longer than a line may be, whatever else is in it. */
    private static final int TOO_LONG = 1024 * 1024;

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Conversation conversation = new Conversation(Path.of("unused"));

    protected HostileValuesContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void configure() {
        Path directory = temporary.resolve("log");
        framework.configure(Setup.in(directory).with("contextKeys", "*"));
        conversation = new Conversation(directory);
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    @Test
    void shouldSayEveryValueOrItsMark() {
        List<HostileValue> values = Stream.of(HostileNumbers.all(), HostileObjects.all(), HostileStructures.all())
                .flatMap(List::stream)
                .toList();
        EventType type = EventType.of(TYPE);
        for (HostileValue value : values) {
            AUDIT.record(
                    type,
                    event -> event.detail("before", 1)
                            .detail(value.what(), value.value())
                            .detail("after", 2));
            conversation.add(new SaidEvent(TYPE)
                    .detail("before", Said.number(1))
                    .detail(value.what(), value.said())
                    .detail("after", Said.number(2)));
        }
        for (HostileValue value : HostileStructures.all()) { // made anew: some change while they are written
            LOGGER.info(
                    "{}", AuditEvent.builder(type).detail("k", value.value()).build());
            conversation.add(new SaidEvent(TYPE).detail("k", value.said()));
        }

        conversation.requireRead(temporary);
        assertThat(conversation.size()).isGreaterThan(80);
    }

    @Test
    void shouldSayTheTextOfAValueThatAPlainLoggerIsGiven() {
        for (HostileValue value : HostileNumbers.ordinary()) {
            say(value, Said.text(String.valueOf(value.value())));
        }
        if (framework.keepsKeyValuesApart()) {
            HostileNumbers.endless().forEach(value -> say(value, value.said()));
        }
        HostileObjects.failing().forEach(this::sayUnreadable);

        conversation.requireRead(temporary);
    }

    private void say(HostileValue value, Said said) {
        LOGGER.atInfo()
                .addMarker(AuditMarkers.audit())
                .addKeyValue("k", value.value())
                .log("x");
        conversation.add(new SaidEvent("UNSPECIFIED").with("description", "x").detail("k", said));
    }

    /** A framework that mixes key-values into the context makes texts of them before there is a call: its caller is told. */
    private void sayUnreadable(HostileValue value) {
        if (framework.keepsKeyValuesApart()) {
            say(value, value.said());
        } else {
            assertThatThrownBy(() -> say(value, value.said())).isNotNull();
        }
    }

    @Test
    void shouldSayAMomentThatATimestampCannotHold() {
        for (Instant moment : List.of(
                Instant.MAX,
                Instant.MIN,
                Instant.parse("+10000-01-01T00:00:00Z"),
                Instant.parse("-0001-12-31T23:59:59.999999999Z"))) {
            AUDIT.record(EventType.of(TYPE), event -> event.timestamp(moment));
            conversation.add(new SaidEvent(TYPE).detail("timestamp", Said.text(moment.toString())));
        }

        conversation.requireRead(temporary);
    }

    @Test
    void shouldTakeNullForNothing() {
        AUDIT.record(
                EventType.of(TYPE),
                event -> event.username(null)
                        .sessionId(null)
                        .ipAddress((String) null)
                        .userAgent(null)
                        .description(null)
                        .databaseName(null)
                        .objectType(null)
                        .objectName(null)
                        .command(null)
                        .detail("k", null)
                        .detail("list", Collections.singletonList(null))
                        .detail("map", Collections.singletonMap(null, null)));
        conversation.add(new SaidEvent(TYPE)
                .detail("k", Said.NULL)
                .detail("list", Said.list(Said.NULL))
                .detail("map", Said.object(Map.of("null", Said.NULL))));
        LOGGER.info(AuditMarkers.audit(), (String) null);
        conversation.add(new SaidEvent("UNSPECIFIED").with("description", Said.ANYTHING)); // some frameworks say "null"
        LOGGER.info(AuditMarkers.audit(), "x", new IllegalStateException((String) null));
        Map<String, Said> exception = new LinkedHashMap<>();
        exception.put("class", Said.text(IllegalStateException.class.getName()));
        exception.put("message", Said.text(""));
        conversation.add(
                new SaidEvent("UNSPECIFIED").with("description", "x").detail("exception", Said.object(exception)));

        conversation.requireRead(temporary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\",\"x\":\"", "a\\", "<&>", "\u202egpj", "\ufeff", "\ud83d\ude00", "%s%n"})
    void shouldSayTheServiceOnEachLine(String service) {
        framework.configure(Setup.in(temporary.resolve("log")).with("service", service));
        AUDIT.record(EventType.of(TYPE), event -> {});
        conversation.add(new SaidEvent(TYPE).with("service", service).with("host", Said.ANYTHING));

        conversation.requireRead(temporary);
    }

    @Test
    void shouldLetNoKeyShadowAField() {
        List<String> fields = Stream.concat(
                        HostileFields.TEXT_FIELDS.stream(),
                        Stream.of("id", "timestamp", "severity", "port", "details", "success", "rows_affected", "host"))
                .toList();
        AuditEvent.Builder event = AuditEvent.builder(EventType.of(TYPE));
        SaidEvent said = new SaidEvent(TYPE);
        for (String field : fields) {
            event.detail(field, Map.of(field, "x"));
            said.detail(field, Said.object(Map.of(field, Said.text("x"))));
        }
        AUDIT.record(event.build());
        conversation.add(said);
        for (String no :
                List.of(" 1", "1\n", "-1", "+1", "1e3", "0x1", "٣", "65536", "9223372036854775808", "truе", "")) {
            for (String field : List.of("port", "success", "severity")) {
                LOGGER.atInfo()
                        .addMarker(AuditMarkers.audit())
                        .addKeyValue(field, no)
                        .log("x");
                conversation.add(
                        new SaidEvent("UNSPECIFIED").with("description", "x").detail(field, Said.text(no)));
            }
        }

        conversation.requireRead(temporary);
    }

    @Test
    void shouldKeepEachOfManyValuesUnderOneKey() {
        var call = LOGGER.atInfo().addMarker(AuditMarkers.audit());
        SaidEvent said = new SaidEvent("UNSPECIFIED").with("description", "x");
        int last = 500;
        for (int i = 1; i <= last; i++) {
            call = call.addKeyValue("k", i);
            if (framework.keepsKeyValuesApart()) {
                said.detail(i == 1 ? "k" : "k#" + i, Said.text(Integer.toString(i)));
            }
        }
        call.log("x");
        conversation.add(framework.keepsKeyValuesApart() ? said : said.detail("k", Said.text(Integer.toString(last))));

        conversation.requireRead(temporary);
    }

    @Test
    void shouldSayTextsOfAnyLength() {
        for (int length : new int[] {0, 1, 65_535, 65_536, 1_000_000, TOO_LONG}) {
            String text = "d".repeat(length);
            Said said = length < TOO_LONG ? Said.text(text) : Said.cut(text);
            AUDIT.record(EventType.of(TYPE), event -> event.description(text));
            conversation.add(new SaidEvent(TYPE).with("description", said));
            AUDIT.record(EventType.of(TYPE), event -> event.command(text).detail("k", 1));
            conversation.add(new SaidEvent(TYPE).with("command", said).detail("k", Said.number(1)));
            LOGGER.info(AuditMarkers.audit(), text);
            conversation.add(new SaidEvent("UNSPECIFIED").with("description", said));
        }

        conversation.requireRead(temporary);
    }

    @Test
    void shouldCutATextThatIsManyTimesTooLong() {
        String text = "d".repeat(100 * TOO_LONG);
        AUDIT.record(EventType.of(TYPE), event -> event.command(text));
        conversation.add(new SaidEvent(TYPE).with("command", Said.cut(text)));
        LOGGER.info(AuditMarkers.audit(), text);
        conversation.add(new SaidEvent("UNSPECIFIED").with("description", Said.cut(text)));

        conversation.requireRead(temporary);
    }

    @Test
    void shouldNotCutThroughACharacterNorMoreThanIsTooLong() {
        IntStream.range(0, 4).forEach(before -> {
            String text = "x".repeat(before) + "😀".repeat(300_000);
            AUDIT.record(EventType.of(TYPE), event -> event.objectName(text).username("alice"));
            conversation.add(
                    new SaidEvent(TYPE).with("object_name", Said.cut(text)).with("username", "alice"));
        });
        String control = "\u0001".repeat(200_000);
        AUDIT.record(EventType.of(TYPE), event -> event.userAgent(control).detail("k", "v"));
        conversation.add(
                new SaidEvent(TYPE).with("user_agent", Said.cut(control)).detail("k", Said.text("v")));

        conversation.requireRead(temporary);
    }
}
