package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Payload;
import dev.affidavit.config.Problems;
import dev.affidavit.encryption.ConfiguredKeys;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.Encryption;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.trail.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentConfigParserTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String SYSLOG = "forwarders: [{to: syslog, host: localhost}]\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Problems problems = new Problems();

    private AgentConfig parse(String text) throws IOException {
        Map<String, DestinationProvider> destinations = Services.destinations(new RecordingStatus());
        Path file = Files.writeString(directory.resolve("agent.yaml"), text);
        return AgentConfigParser.parse(
                YamlFile.read(file, problems), destinations, new ConfiguredKeys(), () -> NOW, problems);
    }

    @Test
    void shouldReadWhatIsWritten() throws IOException {
        AgentConfig config = parse("""
                directory: /var/log/security
                service: payments
                from: 2026-01-31
                statusInterval: 1h
                forwarders:
                  - to: syslog
                    name: soc
                    host: siem.example.com
                    port: 6514
                    batchEvents: 7
                  - to: picky
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(config.directory()).isEqualTo(Path.of("/var/log/security"));
        assertThat(config.service()).isEqualTo("payments");
        assertThat(config.from()).isEqualTo(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(config.statusInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.forwarders()).extracting(ForwarderConfig::name).containsExactly("soc", "picky");
        assertThat(config.forwarders().get(0).batch().lines()).isEqualTo(7);
        assertThat(config.forwarders().get(0).destination()).hasToString("syslog on siem.example.com port 6514 (tcp)");
    }

    @Test
    void shouldHaveDefaults() throws IOException {
        AgentConfig config = parse("directory: log\n" + SYSLOG);

        assertThat(problems.all()).isEmpty();
        assertThat(config.directory()).isEqualTo(Path.of("log").toAbsolutePath());
        assertThat(config.service()).isEmpty();
        assertThat(config.from()).isNull();
        assertThat(config.statusInterval()).isEqualTo(Duration.ofMinutes(5));
    }

    /** Those that the document gives. */
    @Test
    void shouldHaveTheDefaultsOfTheDocument() throws IOException {
        AgentConfig bare = parse("directory: log\n" + SYSLOG);
        Matcher row = Pattern.compile("^\\| `(\\w+)` \\| `([^`]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "..", "docs", "agent.md")));

        int checked = 0;
        while (row.find()) {
            assertThat(parse("directory: log\n%s: %s\n%s".formatted(row.group(1), row.group(2), SYSLOG)))
                    .isEqualTo(bare);
            checked++;
        }
        assertThat(checked).isEqualTo(1);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28, 2026-02-28T00:00:00Z",
        "2026-02-28T23:59:59.5Z, 2026-02-28T23:59:59.5Z",
        "2026-02-28T01:00:00+02:00, 2026-02-27T23:00:00Z",
        "2026-11-22T12:00:00Z, 2026-11-22T12:00:00Z"
    })
    void shouldReadDatesAndTimes(String from, Instant expected) throws IOException {
        assertThat(parse("directory: log\nfrom: " + from + "\n" + SYSLOG).from())
                .isEqualTo(expected);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30, expected a date",
        "yesterday, expected a date",
        "2026-02-28T00:00:00, expected a date",
        "2026-02-28 00:00:00Z, expected a date",
        "2026-11-22T12:00:01Z, expected a time that has passed"
    })
    void shouldRefuseOtherTimes(String from, String problem) throws IOException {
        parse("directory: log\nfrom: " + from + "\n" + SYSLOG);

        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith("from: " + problem)
                .endsWith("found '" + from + "'");
    }

    @Test
    void shouldFindAllProblemsAtOnceEachByItsPath() throws IOException {
        parse("""
                diectory: log
                statusInterval: 5 minutes
                encryption: {key: x, oldKeys: [{keyId: old}], vault: {}}
                extras: {a: b}
                forwarders:
                  - to: syslog
                    name: soc
                    prt: 601
                    port: 70000
                  - to: splnk
                  - to: picky
                    name: soc
                    token: hunter2
                """);

        assertThat(problems.all())
                .containsExactly(
                        "directory: expected the directory of a log, found none",
                        "statusInterval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 0ms to 36500d,"
                                + " found '5 minutes'",
                        "extras: expected a value here; only forwarders and encryption have lines below them",
                        "forwarders[soc].host: expected a value, found none",
                        "forwarders[soc].port: expected a whole number from 1 to 65535, found '70000'",
                        "forwarders[soc].prt: unknown option; did you mean port?",
                        "forwarders[splnk].to: no destination 'splnk'; known are database, elasticsearch, picky, splunk-hec, syslog; is"
                                + " affidavit-forwarder-splnk on the class path?",
                        "forwarders[soc].name: a forwarder above has this name too; give each its own",
                        "forwarders[soc].token: expected a reference to a secret, env:NAME, file:PATH or sys:NAME, found"
                                + " something else",
                        "encryption.keyId: expected a value, found none",
                        "encryption.oldKeys[0].key: expected a reference to a key, such as env:NAME, file:PATH or"
                                + " pkcs12:PATH, found none",
                        "encryption.vault: unknown element; known is oldKeys",
                        "diectory: unknown option; did you mean directory?");
    }

    @Test
    void shouldReadKeys() throws IOException {
        for (String key : List.of("one", "two")) {
            Path file = Files.createFile(
                    directory.resolve(key),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file,
                    "%s0123456789abcdef"
                            .formatted(
                                    key.equals("one")
                                            ? "a1b2c3d4e5f60718293a4b5c6d7e8f901122334455667788"
                                            : "00ffeeddccbbaa99887766554433221123456789abcdef01"));
        }
        AgentConfig config = parse("""
                directory: log
                encryption:
                  key: file:%1$s/one
                  keyId: 2026-11
                  oldKeys:
                    - key: file:%1$s/two
                      keyId: 2026-10
                forwarders: [{to: picky, payload: plain}, {to: picky, name: vault, payload: encrypted}]
                """.formatted(directory));

        assertThat(problems.all()).isEmpty();
        Encryption encryption = Objects.requireNonNull(config.encryption());
        assertThat(encryption.keyId()).isEqualTo("2026-11");
        assertThat(encryption.keyIds()).containsExactlyInAnyOrder("2026-10", "2026-11");
        assertThat(config.forwarders())
                .extracting(ForwarderConfig::payload)
                .containsExactly(Payload.PLAIN, Payload.ENCRYPTED);
    }

    @Test
    void shouldRefuseKeysThatAreNoneEachByItsPath() throws IOException {
        parse("directory: log\nencryption: env:KEY\n" + SYSLOG);
        parse("directory: log\nencryption: {key: 'sys:affidavit.no.such', keyId: a, oldKeys: b, kid: c}\n" + SYSLOG);
        parse("directory: log\nencryption: [{keyId: a b}, {}]\n" + SYSLOG);

        assertThat(problems.all())
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("encryption: expected the options of a key, found a value"))
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("encryption.oldKeys: expected a list of keys, found a value"))
                .anySatisfy(problem -> assertThat(problem)
                        .isEqualTo(
                                "encryption.key: key a, 'sys:affidavit.no.such': expected a key, found none. Set it"))
                .anySatisfy(problem -> assertThat(problem).startsWith("encryption.kid: unknown option; "))
                .anySatisfy(problem -> assertThat(problem).startsWith("encryption.keyId: expected 1 to 64 letters"))
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("encryption: expected one such element, found another"))
                .noneMatch(problem -> problem.contains("AuditOldKey"));
    }

    @Test
    void shouldWantAForwarder() throws IOException {
        parse("directory: log");
        parse("directory: log\nforwarders: []");

        assertThat(problems.all())
                .containsOnly("forwarders: expected a list of at least one forwarder, found none")
                .hasSize(2);
    }

    @Test
    void shouldTakeAValueForNoListOfForwarders() throws IOException {
        parse("directory: log\nforwarders: soc");

        assertThat(problems.all()).containsExactly("forwarders: expected a list of forwarders, found a value");
    }
}
