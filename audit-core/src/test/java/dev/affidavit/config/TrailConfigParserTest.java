package dev.affidavit.config;

import static dev.affidavit.config.Configs.audit;
import static dev.affidavit.config.Configs.good;
import static dev.affidavit.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.store.DiskLimits;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.RetentionLimits;
import dev.affidavit.store.SealOptions;
import dev.affidavit.store.Unshipped;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailConfigParserTest {
    @Test
    void shouldHaveTheDocumentedDefaults() {
        TrailConfig config = good(audit());

        assertThat(config)
                .isEqualTo(new TrailConfig(
                        "audit",
                        "AUDIT",
                        Durability.WRITTEN,
                        OnFailure.FAIL_OPERATION,
                        new LogOptions(
                                Path.of("log_files/security"),
                                50 * 1024 * 1024,
                                Duration.ofDays(1),
                                new RetentionLimits(
                                        100,
                                        Duration.ofDays(90),
                                        Duration.ZERO,
                                        RetentionLimits.NO_LIMIT,
                                        Unshipped.KEEP,
                                        Set.of()),
                                100,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                PosixFilePermissions.fromString("rw-------"),
                                Duration.ofSeconds(10),
                                new DiskLimits(1024 * 1024, 256 * 1024 * 1024),
                                SealOptions.of("affidavit")),
                        "",
                        Set.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
    }

    @Test
    void shouldReadEveryOption() {
        TrailConfig config = good(audit(
                "name", "trail",
                "marker", "SECURITY",
                "directory", "/var/log/audit",
                "durability", "synced",
                "onFailure", "continue",
                "ignoreExceptions", "true",
                "bufferSize", "1",
                "flushInterval", "250ms",
                "forceTimeout", "2m",
                "maxFileSize", "16KB",
                "rotationInterval", "1h",
                "maxFiles", "2",
                "maxAge", "7d",
                "minAge", "7d",
                "maxBytes", "32KB",
                "unshipped", "drop",
                "diskReserve", "0B",
                "diskWarning", "1KB",
                "externalForwarders", "soc, es",
                "filePermissions", "rw-r-----",
                "lockTimeout", "0s",
                "service", "payments",
                "contextKeys", "tenant, trace_id"));

        assertThat(config)
                .isEqualTo(new TrailConfig(
                        "trail",
                        "SECURITY",
                        Durability.SYNCED,
                        OnFailure.CONTINUE,
                        new LogOptions(
                                Path.of("/var/log/audit"),
                                16 * 1024,
                                Duration.ofHours(1),
                                new RetentionLimits(
                                        2,
                                        Duration.ofDays(7),
                                        Duration.ofDays(7),
                                        32 * 1024,
                                        Unshipped.DROP,
                                        Set.of("soc", "es")),
                                1,
                                Duration.ofMillis(250),
                                Duration.ofMinutes(2),
                                PosixFilePermissions.fromString("rw-r-----"),
                                Duration.ZERO,
                                new DiskLimits(0, 1024),
                                SealOptions.of("affidavit")),
                        "payments",
                        Set.of("tenant", "trace_id"),
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
    }

    @ParameterizedTest
    @CsvSource({"1ms,0.001", "250ms,0.25", "5s,5", "10m,600", "1h,3600", "90d,7776000", "36500d,3153600000", "007s,7"})
    void shouldReadDurations(String text, double seconds) {
        Duration read = good(audit("flushInterval", text)).log().forceInterval();

        assertThat(read.toMillis()).isEqualTo(Math.round(seconds * 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "1024B,1024",
        "1KB,1024",
        "16KB,16384",
        "50MB,52428800",
        "1GB,1073741824",
        "999999999GB,1073741822926258176"
    })
    void shouldReadSizes(String text, long bytes) {
        assertThat(good(audit("maxFileSize", text)).log().maxSegmentBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"written,WRITTEN", "synced,SYNCED"})
    void shouldReadDurability(String text, Durability durability) {
        assertThat(good(audit("durability", text)).durability()).isEqualTo(durability);
    }

    @ParameterizedTest
    @CsvSource({"fail-operation,FAIL_OPERATION", "continue,CONTINUE", "shutdown,SHUTDOWN"})
    void shouldReadFailurePolicies(String text, OnFailure onFailure) {
        assertThat(good(audit("onFailure", text)).onFailure()).isEqualTo(onFailure);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name             | ``            | name: expected a value, found ''
            name             | ` `           | name: expected a value, found ' '
            marker           | ``            | marker: expected the name of a marker, found ''
            directory        | ` `           | directory: expected a path, found ' '
            durability       | SYNCED        | durability: expected one of written, synced, found 'SYNCED'
            durability       | synched       | durability: expected one of written, synced, found 'synched'
            onFailure        | fail_operation | onFailure: expected one of fail-operation, continue, shutdown, found 'fail_operation'
            onFailure        | ``            | onFailure: expected one of fail-operation, continue, shutdown, found ''
            bufferSize       | 0             | bufferSize: expected a whole number from 1 to 1000000, found '0'
            bufferSize       | -5            | bufferSize: expected a whole number from 1 to 1000000, found '-5'
            bufferSize       | +5            | bufferSize: expected a whole number from 1 to 1000000, found '+5'
            bufferSize       | ٥             | bufferSize: expected a whole number from 1 to 1000000, found '٥'
            bufferSize       | 1e3           | bufferSize: expected a whole number from 1 to 1000000, found '1e3'
            bufferSize       | ` 5`          | bufferSize: expected a whole number from 1 to 1000000, found ' 5'
            bufferSize       | 99999999999999999999 | bufferSize: expected a whole number from 1 to 1000000, found '99999999999999999999'
            maxFiles         | 1             | maxFiles: expected a whole number from 2 to 1000000, found '1'
            maxFileSize      | 50            | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '50'
            maxFileSize      | 1023B         | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '1023B'
            maxFileSize      | 50mb          | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '50mb'
            maxFileSize      | 50 MB         | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '50 MB'
            maxFileSize      | 1.5MB         | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '1.5MB'
            maxFileSize      | -1GB          | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '-1GB'
            maxFileSize      | 9999999999GB  | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '9999999999GB'
            maxFileSize      | 1TB           | maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B, found '1TB'
            filePermissions  | 0600          | filePermissions: expected a mode such as rw------- or rw-r-----, found '0600'
            filePermissions  | r--------     | filePermissions: expected the owner to read and write, found 'r--------'
            ignoreExceptions | yes           | ignoreExceptions: expected true or false, found 'yes'
            contextKeys      | a,,b          | contextKeys: expected names between commas, found 'a,,b'
            rotationInterval | 999ms         | rotationInterval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1000ms to 36500d, found '999ms'
            maxAge           | 999ms         | maxAge: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1000ms to 36500d, found '999ms'
            minAge           | 91d           | minAge: expected at most maxAge, 7776000s, found '91d'
            maxBytes         | 99MB          | maxBytes: expected at least twice maxFileSize, 52428800B: the file being written and one before it, found '99MB'
            maxBytes         | none          | maxBytes: expected a size such as 16KB, 50MB or 1GB, at least 1B, found 'none'
            diskReserve      | none          | diskReserve: expected a size such as 16KB, 50MB or 1GB, at least 0B, found 'none'
            diskWarning      | 5%            | diskWarning: expected a size such as 16KB, 50MB or 1GB, at least 0B, found '5%'
            unshipped        | KEEP          | unshipped: expected one of keep, drop, found 'KEEP'
            externalForwarders | a b         | externalForwarders: expected letters, digits, '_' and '-', at most 64, found 'a b'
            externalForwarders | soc,soc,    | externalForwarders: expected names between commas, found 'soc,soc,'
            flushIntervall   | 5s            | flushIntervall: unknown option; did you mean flushInterval?
            FLUSHINTERVAL    | 5s            | FLUSHINTERVAL: unknown option; did you mean flushInterval?
            maxfile          | 5             | maxfile: unknown option; did you mean maxFiles?
            maxFilesSize     | 5             | maxFilesSize: unknown option; did you mean maxFileSize?
            """)
    void shouldRefuseABadValue(String option, String text, String problem) {
        assertThat(problems(audit(option, text))).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "5S",
                "5 s",
                "-5s",
                "1.5s",
                "PT5S",
                "5sec",
                "1w",
                "5us",
                "٥s",
                "1h30m",
                "0s",
                "0ms",
                "0d",
                "36501d",
                "999999999d",
                "9999999999s",
                "9223372036854775808ms"
            })
    void shouldRefuseABadDuration(String text) {
        assertThat(problems(audit("flushInterval", text)))
                .containsExactly(
                        "flushInterval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1ms to 36500d,"
                                + " found '" + text + "'");
    }

    @Test
    void shouldRefuseAPathThatIsNone() {
        assertThat(problems(audit("directory", "a\0b"))).containsExactly("directory: expected a path, found 'a\0b'");
    }

    /** As Log4j and Logback leave it: else a log would be begun in a directory of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"${env:AUDIT_DIR}", "/var/${sys:x}/audit", "AUDIT_DIR_IS_UNDEFINED"})
    void shouldRefuseADirectoryInWhichAVariableIsNotSet(String found) {
        assertThat(problems(audit("directory", found)))
                .containsExactly("directory: expected a path, found '" + found + "', in which a variable is not set");
    }

    @Test
    void shouldShowAnOptionThatHasNoName() {
        assertThat(problems(audit("", "5"))).singleElement().asString().startsWith("'': unknown option; ");
        assertThat(problems(Configs.auditTo(Configs.forwarder("to", "pigeon", "loft", "north", "", "5"))))
                .singleElement()
                .asString()
                .startsWith("AuditForwarder[pigeon].'': unknown option; ");
    }

    @Test
    @Timeout(600)
    void shouldNotSpendLongOnNamesThatAreLong() {
        assertThat(problems(audit("k".repeat(10_000_000), "5")))
                .singleElement()
                .asString()
                .contains(": unknown option; known are bufferSize, ");
    }

    @Test
    void shouldRefuseAnAppenderWithoutAName() {
        assertThat(problems(new ConfigNode("Audit", Map.of(), List.of())))
                .containsExactly("name: expected a value, found none");
    }

    @Test
    void shouldRefuseToHideTheExceptionThatThePolicyPromises() {
        assertThat(problems(audit("ignoreExceptions", "true")))
                .singleElement()
                .asString()
                .startsWith("ignoreExceptions: true hides the exception that onFailure=\"fail-operation\" promises");
        assertThat(problems(audit("ignoreExceptions", "false"))).isEmpty();
        assertThat(problems(audit("ignoreExceptions", "true", "onFailure", "shutdown")))
                .isEmpty();
    }

    @Test
    void shouldListTheKnownOptionsForOneThatIsLikeNone() {
        assertThat(problems(audit("colour", "red")))
                .containsExactly(
                        "colour: unknown option; known are bufferSize, contextKeys, directory, diskReserve, diskWarning,"
                                + " durability, externalForwarders, filePermissions, flushInterval, forceTimeout,"
                                + " ignoreExceptions, lockTimeout, marker, maxAge, maxBytes, maxFileSize, maxFiles, minAge, name, onFailure,"
                                + " rotationInterval, service, unshipped");
    }

    @Test
    void shouldReportEverythingAtOnce() {
        ConfigNode node = new ConfigNode(
                "Audit",
                Map.of("bufferSize", "many", "maxFiles", "0", "markr", "X", "durability", "maybe"),
                List.of(
                        Configs.forwarder("to", "pigeon", "loft", "north", "port", "x"),
                        Configs.forwarder("to", "pigeon", "name", "south"),
                        Configs.element("AuditSeal", List.of(), "origin", "a b", "interval", "1", "colour", "red"),
                        Configs.element("AuditPolicies", List.of()),
                        Configs.element("Retention", List.of())));

        assertThat(problems(node))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "name",
                        "bufferSize",
                        "maxFiles",
                        "markr",
                        "durability",
                        "AuditForwarder[pigeon].port",
                        "AuditForwarder[south].loft",
                        "AuditSeal.origin",
                        "AuditSeal.interval",
                        "AuditSeal.colour",
                        "AuditPolicies",
                        "Retention");
    }

    @Test
    void shouldKnowWhichEventsToRefuseEvenIfTheMarkerIsBad() {
        assertThat(Configs.parse(audit("marker", " ")).config().marker()).isEqualTo("AUDIT");
    }

    @Test
    void shouldNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(problems(audit("ONFAILURE", "x", "FLUSHINTERVAL", "x")))
                    .containsExactlyInAnyOrder(
                            "ONFAILURE: unknown option; did you mean onFailure?",
                            "FLUSHINTERVAL: unknown option; did you mean flushInterval?");
            assertThat(good(audit("durability", "written", "onFailure", "fail-operation")))
                    .isNotNull();
        } finally {
            Locale.setDefault(before);
        }
    }
}
