package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.forward.agent.ForwardMain;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that records, and an agent beside it that forwards. */
@RequiresProgram("rsyslogd")
@Timeout(600)
final class AgentTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int THREADS = 2;
    private static final int PAUSE_MICROS = 500;
    private static final int KILLS = 3;
    /** Small files, and none of them kept, but for what the agent has not delivered. */
    private static final String LOGGING = """
            <Configuration status="WARN">
              <Appenders>
                <Audit name="audit" directory="%s" maxFileSize="128KB" maxFiles="2" externalForwarders="soc"/>
              </Appenders>
              <Loggers><Root level="info"><AppenderRef ref="audit"/></Root></Loggers>
            </Configuration>
            """;

    private static final String FORWARDING = """
            directory: %s
            forwarders:
              - to: syslog
                name: soc
                host: 127.0.0.1
                port: %d
            """;

    @TempDir
    Path directory;

    private RsyslogServer rsyslog;
    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")));
        ledger = new Ledger(directory.resolve("ledger"));
    }

    @AfterEach
    void close() {
        rsyslog.close();
    }

    /** It has no forwarder on its class path. */
    private ChildJvm startApplication(int eventsPerThread) throws IOException {
        Path file = directory.resolve("log4j2.xml");
        Files.writeString(file, LOGGING.formatted(directory.resolve("log")));
        return ChildJvm.of(AuditedApplication.class)
                .option("-Dlog4j2.configurationFile=" + file.toUri())
                .option("-Xmx128m")
                .without("logback", "affidavit-logback", "affidavit-forwarder", "engine", "syslog", "agent")
                .argument(1)
                .argument(THREADS)
                .argument(eventsPerThread)
                .argument(PAUSE_MICROS)
                .start(ledger.file(), directory.resolve("errors"));
    }

    private ChildJvm startAgent(String... options) throws IOException {
        Path file = directory.resolve("agent.yaml");
        Files.writeString(file, FORWARDING.formatted(directory.resolve("log"), rsyslog.port()));
        ChildJvm.Builder agent = agent(file);
        for (String option : options) {
            agent.argument(option);
        }
        return agent.start(directory.resolve("agent.output"), directory.resolve("agent.errors"));
    }

    private static ChildJvm.Builder agent(Path file) {
        return ChildJvm.of(ForwardMain.class).option("-Xmx64m").argument("run").argument(file);
    }

    @Test
    void shouldForwardBesideARunningApplicationEachLineOnceAndInOrder() throws IOException {
        int events = 3000;
        try (ChildJvm agent = startAgent();
                ChildJvm application = startApplication(events / THREADS)) {
            Deadline.await("the calls return", SOON, () -> ledger.size() == events || !application.isAlive());
            application.closeInput();
            assertThat(application.awaitExit(SOON)).isZero();
            awaitLastLine();
            agent.terminate();
            assertThat(agent.awaitExit(SOON)).isEqualTo(143);
        }

        List<String> received = rsyslog.messages().stream()
                .filter(line -> !line.contains("\"AUDIT_LOG_PRUNED\"") && !line.contains("\"AUDIT_CHECKPOINT\""))
                .toList();
        assertThat(received).hasSize(events + 2); // and AUDIT_LOG_STARTED, AUDIT_LOG_STOPPED
        assertThat(names(received)).isEqualTo(Set.copyOf(ledger.names()));
        assertThat(ids(rsyslog.messages())).isSorted().doesNotHaveDuplicates();
        String content = LogFiles.content(directory.resolve("log"));
        assertThat(Files.readString(rsyslog.received(), StandardCharsets.UTF_8)).endsWith(content);
        assertThat(Files.readString(directory.resolve("agent.errors"))).doesNotContain("ERROR");
    }

    @Test
    void shouldLoseNothingWhenTheAgentIsKilledAndStartedAgain() throws IOException {
        try (ChildJvm application = startApplication(Integer.MAX_VALUE)) {
            for (int i = 0; i < KILLS; i++) {
                int before = rsyslog.messages().size();
                try (ChildJvm agent = startAgent()) {
                    Deadline.await(
                            "the agent forwards; see " + directory.resolve("agent.errors"),
                            SOON,
                            () -> rsyslog.messages().size() > before + 500);
                    agent.kill();
                }
            }
            application.kill();
        }
        try (ChildJvm agent = startAgent("--once")) {
            assertThat(agent.awaitExit(SOON)).isZero();
        }

        Set<String> lines = new HashSet<>(finishedLines());
        Deadline.await("every line of the log", SOON, () -> new HashSet<>(rsyslog.messages()).containsAll(lines));
        Set<String> missing = new HashSet<>(ledger.names());
        missing.removeAll(names(rsyslog.messages()));
        assertThat(missing).isEmpty();
    }

    private List<String> finishedLines() throws IOException {
        String content = LogFiles.content(directory.resolve("log"));
        return content.substring(0, content.lastIndexOf('\n') + 1).lines().toList();
    }

    private void awaitLastLine() {
        Deadline.await(
                "the last line",
                SOON,
                () -> rsyslog.messages().stream().anyMatch(line -> line.contains("\"AUDIT_LOG_STOPPED\"")));
    }

    private static Set<String> names(List<String> lines) {
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            var matcher = EventName.PATTERN.matcher(line);
            if (matcher.find()) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    private static List<String> ids(List<String> lines) {
        return lines.stream()
                .map(line -> line.substring("{\"id\":\"".length(), line.indexOf('"', "{\"id\":\"".length())))
                .toList();
    }

    @ParameterizedTest
    @MethodSource
    void shouldFindEveryDocumentedConfigurationGood(Snippet snippet) throws IOException {
        Path file = directory.resolve("documented.yaml");
        Files.writeString(file, snippet.code());
        Path output = directory.resolve("documented.output");

        try (ChildJvm agent = agent(file)
                .environment("AUDITOR_PASSWORD", "a-secret")
                .argument("--check")
                .start(output, output)) {
            assertThat(agent.awaitExit(SOON)).isZero();
        }

        assertThat(output).content().contains(file + ": good: ");
    }

    static List<Snippet> shouldFindEveryDocumentedConfigurationGood() throws IOException {
        List<Snippet> configurations = Snippet.all().stream()
                .filter(snippet -> snippet.kind().equals("agent"))
                .toList();
        assertThat(configurations).isNotEmpty();
        return configurations;
    }
}
