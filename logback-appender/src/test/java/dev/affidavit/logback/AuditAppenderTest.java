package dev.affidavit.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class AuditAppenderTest {
    @TempDir
    Path directory;

    @Test
    void shouldRecordAnEvent() throws Exception {
        // given
        LoggerContext context = configure("""
                <configuration>
                  <appender name="audit" class="dev.affidavit.logback.AuditAppender">
                    <directory>%s</directory>
                  </appender>
                  <root level="info"><appender-ref ref="audit"/></root>
                </configuration>
                """.formatted(directory.resolve("log")));

        // when
        AuditLogger.get("security")
                .record(EventType.AUTH_SUCCESS, event -> event.username("alice").description("in"));

        // then
        assertThat(lines()).last().asString().contains("\"event_type\":\"AUTH_SUCCESS\"", "\"username\":\"alice\"");
        context.reset();
    }

    private static LoggerContext configure(String xml) throws JoranException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(context);
        joran.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
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
