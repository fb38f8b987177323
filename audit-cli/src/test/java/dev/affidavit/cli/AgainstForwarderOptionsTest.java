package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class AgainstForwarderOptionsTest {
    private static final String SECRET = "s3cret-of-the-reader";
    private static final String PROPERTY = "affidavit.test.cli.secret";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private SealedLog log;

    @BeforeEach
    void write() {
        System.setProperty(PROPERTY, SECRET);
        log = SealedLog.in(temporary.resolve("log"), 3);
    }

    private CommandLineRun verify(String config) throws IOException {
        Path file = Files.writeString(temporary.resolve("siem.yaml"), config);
        return Affidavit.run("verify", log.directory(), "--config", file, "--against-forwarder", "soc");
    }

    private static void assertWrong(CommandLineRun run, String... says) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.errors()).contains(says).doesNotContain(SECRET);
    }

    @Test
    void shouldRefuseOneOptionWithoutTheOther() {
        assertWrong(Affidavit.run("verify", log.directory(), "--against-forwarder", "soc"), "expected both or none");
        assertWrong(Affidavit.run("verify", log.directory(), "--config", "x"), "expected both or none");
    }

    @Test
    void shouldSayWhichForwardersThereAre() throws IOException {
        assertWrong(
                verify("forwarders: [{to: syslog, name: a, host: h}, {to: syslog, name: b, host: h}]"),
                "--against-forwarder soc: expected one of ",
                "[a, b]");
    }

    @Test
    void shouldRefuseADestinationThatCannotBeRead() throws IOException {
        assertWrong(
                verify("forwarders: [{to: syslog, name: soc, host: h}]"), "expected a destination that can be read");
    }

    @Test
    void shouldRefuseABadFile() throws IOException {
        assertWrong(verify("forwarders: [{to: elasticsearch, name: soc}]"), "siem.yaml: forwarders[soc].url");
        assertWrong(
                verify("forwarders: [{to: database, name: soc, url: 'jdbc:postgresql://h/d', password: " + SECRET
                        + "}]"),
                "forwarders[soc].password");
        assertWrong(
                Affidavit.run(
                        "verify", log.directory(), "--config", temporary.resolve("none"), "--against-forwarder", "soc"),
                "there is no such file");
    }

    @Test
    void shouldFailWhereNobodyAnswers() throws IOException {
        String password = "password: 'sys:%s'".formatted(PROPERTY);
        int port = Ports.free();
        for (String destination : new String[] {
            "{to: elasticsearch, name: soc, url: 'http://127.0.0.1:%d', user: u, %s}".formatted(port, password),
            "{to: database, name: soc, url: 'jdbc:postgresql://127.0.0.1:%d/d', %s}".formatted(port, password)
        }) {
            CommandLineRun run = verify("forwarders: [%s]".formatted(destination));

            assertThat(run.exitCode()).as(run.errors()).isEqualTo(1);
            assertThat(run.output()).isEmpty();
            assertThat(run.errorLines()).hasSize(1);
            assertThat(run.errors()).contains("127.0.0.1:" + port).doesNotContain(SECRET);
        }
    }
}
