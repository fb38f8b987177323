package dev.affidavit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditAppenderTest {
    @TempDir
    Path directory;

    @Test
    void shouldRecordAnEvent() throws IOException {
        // given
        LoggerContext context = configure("""
                <Configuration status="WARN">
                  <Appenders><Audit name="audit" directory="%s"/></Appenders>
                  <Loggers><Root level="info"><AppenderRef ref="audit"/></Root></Loggers>
                </Configuration>
                """.formatted(directory.resolve("log")));

        // when
        AuditLogger.get("security")
                .record(EventType.AUTH_SUCCESS, event -> event.username("alice").description("in"));

        // then
        assertThat(lines()).last().asString().contains("\"event_type\":\"AUTH_SUCCESS\"", "\"username\":\"alice\"");
        context.reconfigure();
    }

    private LoggerContext configure(String xml) throws IOException {
        Path file = Files.writeString(directory.resolve("log4j2.xml"), xml);
        LoggerContext context = LoggerContext.getContext(false);
        URI location = file.toUri();
        context.setConfigLocation(location);
        return context;
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            Path log = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(log);
        }
    }
}
