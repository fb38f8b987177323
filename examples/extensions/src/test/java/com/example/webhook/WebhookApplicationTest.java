package com.example.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import com.example.alerts.Alerts;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.store.LogReader;
import dev.affidavit.testkit.Deadline;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An application that is configured with both, as docs/extending.md says. */
@Timeout(300)
final class WebhookApplicationTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        logback.reset();
        Alerts.to(alert -> {});
    }

    @Test
    void shouldSendEveryEventAndAlarmInTime() throws Exception {
        List<String> alarms = new CopyOnWriteArrayList<>();
        Alerts.to(alert -> alarms.add(alert.reason()));
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            configure(receiver.url());
            AuditLogger audit = AuditLogger.get("security");
            for (int i = 0; i < 3; i++) {
                audit.event(EventType.AUTH_FAILURE)
                        .username("mallory")
                        .ipAddress("203.0.113.9")
                        .failed("AUTH-001")
                        .log();
            }
            Deadline.await(
                    "the first events arrive", LIMIT, () -> receiver.texts().size() >= 4);
            receiver.stop();
            for (int i = 0; i < 500; i++) {
                int number = i;
                audit.record(EventType.SELECT, event -> event.username("alice").rowsAffected(number));
            }
            audit.record(EventType.SESSION_HIJACK, event -> event.description("two addresses, one session"));
            receiver.restart();
            // Those among them that the log records of the outage too, and any of them more than once.
            Deadline.await(
                    "the others arrive, in order",
                    LIMIT,
                    () -> receiver.texts().stream().distinct().toList().equals(linesOfTheLog()));

            assertThat(receiver.texts()).hasSizeGreaterThanOrEqualTo(505);
        }
        Deadline.await("the alarms are raised", LIMIT, () -> alarms.size() == 2);
        assertThat(alarms)
                .containsExactly(
                        "logins of 'mallory' fail, the last one from 203.0.113.9",
                        "SESSION_HIJACK: two addresses, one session");
    }

    private List<String> linesOfTheLog() {
        try (LogReader reader = LogReader.fromOldest(directory.resolve("log"))) {
            return reader.read(10_000, Integer.MAX_VALUE).stream()
                    .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private void configure(String url) throws Exception {
        logback.reset();
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(logback);
        joran.doConfigure(new ByteArrayInputStream(
                """
                <configuration>
                  <appender name="audit" class="dev.affidavit.logback.AuditAppender">
                    <directory>%s</directory>
                    <auditForwarder>
                      <to>webhook</to>
                      <option><name>url</name><value>%s</value></option>
                    </auditForwarder>
                    <auditListener>
                      <provider>alerts</provider>
                      <option><name>failures</name><value>3</value></option>
                    </auditListener>
                  </appender>
                  <root level="all"><appender-ref ref="audit"/></root>
                </configuration>
                """.formatted(directory.resolve("log"), url).getBytes(StandardCharsets.UTF_8)));
    }
}
