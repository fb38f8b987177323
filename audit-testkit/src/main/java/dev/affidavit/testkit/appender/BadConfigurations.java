package dev.affidavit.testkit.appender;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Configurations that must be refused, each with its message. */
final class BadConfigurations {
    /** Stands for the directory in which that of the log is. */
    private static final String BESIDE = "BESIDE/";

    private static final String WITNESS_KEY = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    private static final String NOT_SET = ", in which a variable is not set";

    private BadConfigurations() {}

    /** What is done to a good configuration, and the message. */
    static Stream<Arguments> all() {
        return Stream.of(options(), directories(), unsupported(), seals(), encryption(), forwarders(), listeners())
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> options() {
        return Stream.of(
                option("flushIntervall", "5s", "flushIntervall: unknown option; did you mean flushInterval?"),
                option("maxfiles", "5", "maxfiles: unknown option; did you mean maxFiles?"),
                option("colour", "red", "colour: unknown option; known are bufferSize, "),
                option("durability", "async", "durability: expected one of written, synced, found 'async'"),
                option("durability", "WRITTEN", "durability: expected one of written, synced, found 'WRITTEN'"),
                option(
                        "onFailure",
                        "ignore",
                        "onFailure: expected one of fail-operation, continue, shutdown, found 'ignore'"),
                option("bufferSize", "0", "bufferSize: expected a whole number from 1 to 1000000, found '0'"),
                option("bufferSize", "many", "bufferSize: expected a whole number from 1 to 1000000, found 'many'"),
                option("bufferSize", "1000001", "bufferSize: expected a whole number from 1 to 1000000"),
                option("flushInterval", "5", "flushInterval: expected a duration such as 250ms, 5s, 10m, 1h or 90d"),
                option("flushInterval", "0ms", "flushInterval: expected a duration such as 250ms, 5s"),
                option("flushInterval", "-1s", "found '-1s'"),
                option("maxFileSize", "50", "maxFileSize: expected a size such as 16KB, 50MB or 1GB, at least 1024B"),
                option("maxFileSize", "50 MB", "maxFileSize: expected a size"),
                option("maxFileSize", "10B", "maxFileSize: expected a size"),
                option("maxFileSize", "1TB", "maxFileSize: expected a size"),
                option("maxFiles", "1", "maxFiles: expected a whole number from 2 to 1000000, found '1'"),
                option("maxAge", "never", "maxAge: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1000ms"),
                option("minAge", "100d", "minAge: expected at most maxAge, 7776000s, found '100d'"),
                option("maxBytes", "1MB", "maxBytes: expected at least twice maxFileSize, 52428800B"),
                option("diskReserve", "some", "diskReserve: expected a size such as 16KB, 50MB or 1GB, at least 0B"),
                option("diskWarning", "-1B", "diskWarning: expected a size such as 16KB, 50MB or 1GB, at least 0B"),
                option("unshipped", "lose", "unshipped: expected one of keep, drop, found 'lose'"),
                option("externalForwarders", "../x", "externalForwarders: expected letters, digits, '_' and '-'"),
                option("rotationInterval", "0d", "rotationInterval: expected a duration such as 250ms, 5s, 10m, 1h"),
                option("filePermissions", "0600", "filePermissions: expected a mode such as rw------- or rw-r-----"),
                option("filePermissions", "r--------", "filePermissions: expected the owner to read and write"),
                option("forceTimeout", "0s", "forceTimeout: expected a duration"),
                option("lockTimeout", "ten", "lockTimeout: expected a duration"),
                option("contextKeys", "a,,b", "contextKeys: expected names between commas, found 'a,,b'"));
    }

    private static Stream<Arguments> directories() {
        return Stream.of(
                option("directory", "BESIDE/file", "directory: "),
                option("directory", "BESIDE/file/below", "directory: "),
                option("directory", "/dev/null", "directory: "),
                option("directory", "BESIDE/${AFFIDAVIT_NO_SUCH}", NOT_SET),
                option("directory", "BESIDE/${env:AFFIDAVIT_NO_SUCH}", NOT_SET),
                option("directory", "/proc/audit", "directory: "));
    }

    private static Stream<Arguments> unsupported() {
        return Stream.of(
                element("AuditPolicies", Map.of("file", "x"), "AuditPolicies: not supported by this version"),
                element("Retentoin", Map.of("maxAge", "1d"), "Retentoin: unknown "));
    }

    private static Stream<Arguments> seals() {
        return Stream.of(
                element("AuditSeal", Map.of("enabled", "no"), "AuditSeal.enabled: expected true or false, found 'no'"),
                element(
                        "AuditSeal",
                        Map.of("origin", "pay ments"),
                        "AuditSeal.origin: expected 1 to 120 printable ASCII characters without spaces and plus, such as a"
                                + " host name and a path, found 'pay ments'"),
                element("AuditSeal", Map.of("origin", "a/${AFFIDAVIT_NO_SUCH}"), NOT_SET),
                element(
                        "AuditSeal",
                        Map.of("origin", "a/b", "interval", "0ms"),
                        "AuditSeal.interval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1ms"),
                element(
                        "AuditSeal",
                        Map.of("origin", "a/b", "anchorInterval", "999ms"),
                        "AuditSeal.anchorInterval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1000ms"),
                element(
                        "AuditSeal",
                        Map.of("origin", "a/b", "intervall", "1s"),
                        "AuditSeal.intervall: unknown option; did you mean interval?"),
                refused(
                        "two seals",
                        setup -> setup.withElement("AuditSeal", Map.of("origin", "a/b"))
                                .withElement("AuditSeal", Map.of("origin", "a/b")),
                        "AuditSeal: expected one such element, found another"),
                witness(
                        Map.of("url", "https://w.example"),
                        "AuditSeal.AuditWitness[0].key: expected a value, found none"),
                witness(
                        Map.of("url", "http://w.example", "key", WITNESS_KEY),
                        "AuditSeal.AuditWitness[0].url: expected https, or http to this machine itself"),
                witness(
                        Map.of("url", "https://w.example", "key", WITNESS_KEY, "timeuot", "1s"),
                        "AuditSeal.AuditWitness[0].timeuot: unknown option; did you mean timeout?"));
    }

    private static Stream<Arguments> encryption() {
        return Stream.of(
                element(
                        "AuditEncryption",
                        Map.of("keyId", "k1"),
                        "AuditEncryption.key: expected a reference to a key, such as env:NAME"),
                element(
                        "AuditEncryption",
                        Map.of("key", "env:AFFIDAVIT_NO_SUCH"),
                        "AuditEncryption.keyId: expected a value, found none"),
                element(
                        "AuditEncryption",
                        Map.of("key", "env:AFFIDAVIT_NO_SUCH", "keyId", "k1"),
                        "AuditEncryption.key: key k1, 'env:AFFIDAVIT_NO_SUCH': expected a key, found none. Set it"),
                element(
                        "AuditEncryption",
                        Map.of(
                                "key",
                                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                "keyId",
                                "k1"),
                        "AuditEncryption.key: key k1: expected a reference to a key"),
                element(
                        "AuditEncryption",
                        Map.of("key", "vault:audit", "keyId", "k1"),
                        "AuditEncryption.key: key k1, 'vault:': expected env, file, sys, pkcs12 or the scheme of a"
                                + " KeyProvider on the class path, found no provider 'vault'"),
                element(
                        "AuditEncryption",
                        Map.of("key", "file:/dev/null", "keyId", "k 1"),
                        "AuditEncryption.keyId: expected 1 to 64 letters and digits of ASCII"),
                element(
                        "AuditEncryption",
                        Map.of("key", "file:/no/such", "keyId", "k1", "kayId", "k1"),
                        "AuditEncryption.kayId: unknown option; did you mean keyId?"),
                refused(
                        "an old key that is none",
                        setup -> setup.withElement("AuditEncryption", Map.of("key", "file:/no/such", "keyId", "k1"))
                                .withElementBelow("AuditOldKey", Map.of("keyId", "k0")),
                        "AuditEncryption.AuditOldKey[0].key: expected a reference to a key"));
    }

    private static Arguments witness(Map<String, String> options, String message) {
        return refused(
                "witness " + options,
                setup -> setup.withElement("AuditSeal", Map.of("origin", "a/b"))
                        .withElementBelow("AuditWitness", options),
                message);
    }

    private static Stream<Arguments> forwarders() {
        return Stream.of(
                forwarder(Map.of("host", "h"), "AuditForwarder[0].to: expected a value, found none"),
                forwarder(Map.of("to", "pigeon"), "AuditForwarder[pigeon].to: no destination 'pigeon'; known are stub"),
                forwarder(Map.of("to", "stub"), "AuditForwarder[stub].host: expected a value, found none"),
                forwarder(Map.of("to", "stub", "host", "${AFFIDAVIT_NO_SUCH}"), NOT_SET),
                forwarder(
                        Map.of("to", "stub", "host", "h", "port", "70000"),
                        "AuditForwarder[stub].port: expected a whole number from 1 to 65535, found '70000'"),
                forwarder(
                        Map.of("to", "stub", "name", "soc", "host", "h", "facility", "local9"),
                        "AuditForwarder[soc].facility: unknown option; "),
                forwarder(
                        Map.of("to", "stub", "name", "soc", "hots", "h"),
                        "AuditForwarder[soc].host: expected a value, found none"),
                forwarder(
                        Map.of("to", "stub", "name", "soc", "host", "h", "hots", "h"),
                        "AuditForwarder[soc].hots: unknown "),
                forwarder(
                        Map.of("to", "stub", "host", "h", "batchEvents", "0"),
                        "AuditForwarder[stub].batchEvents: expected a whole number from 1 to 100000, found '0'"),
                forwarder(
                        Map.of("to", "stub", "host", "h", "batchSize", "1GB"),
                        "AuditForwarder[stub].batchSize: expected a size such as 16KB, 50MB or 1GB, from 1B to 67108864B"),
                forwarder(
                        Map.of("to", "stub", "host", "h", "batchDelay", "2h"),
                        "AuditForwarder[stub].batchDelay: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 0ms"
                                + " to 60m, found '2h'"),
                forwarder(
                        Map.of("to", "stub", "name", "a b", "host", "h"),
                        "AuditForwarder[a b].name: expected letters, digits, '_' and '-', at most 64, found 'a b'"),
                refused(
                        "two of one name",
                        setup -> setup.withForwarder(Map.of("to", "stub", "host", "h"))
                                .withForwarder(Map.of("to", "stub", "host", "h")),
                        "AuditForwarder[stub].name: a forwarder above has this name too"));
    }

    private static Stream<Arguments> listeners() {
        return Stream.of(
                listener(Map.of("name", "alerts"), "AuditListener[alerts].provider: expected a value, found none"),
                listener(
                        Map.of("provider", "ear"),
                        "AuditListener[ear].provider: no listener provider 'ear'; known are stub"),
                listener(
                        Map.of("provider", "stub", "name", "alerts", "moood", "grim"),
                        "AuditListener[alerts].moood: unknown "),
                listener(Map.of("provider", "stub", "name", "a b"), "AuditListener[a b].name: expected letters"),
                refused(
                        "two listeners of one name",
                        setup ->
                                setup.withListener(Map.of("provider", "stub")).withListener(Map.of("provider", "stub")),
                        "AuditListener[stub].name: a listener above has this name too"));
    }

    private static Arguments option(String name, String value, String message) {
        return refused("%s=%s".formatted(name, value), setup -> setup.with(name, beside(setup, value)), message);
    }

    private static String beside(Setup setup, String value) {
        Path directory = Path.of(setup.options().getOrDefault("directory", ""));
        return value.startsWith(BESIDE)
                ? directory.resolveSibling(value.substring(BESIDE.length())).toString()
                : value;
    }

    private static Arguments element(String name, Map<String, String> options, String message) {
        return refused(name, setup -> setup.withElement(name, options), message);
    }

    private static Arguments forwarder(Map<String, String> options, String message) {
        return element("AuditForwarder", options, message);
    }

    private static Arguments listener(Map<String, String> options, String message) {
        return element("AuditListener", options, message);
    }

    private static Arguments refused(String what, UnaryOperator<Setup> change, String message) {
        return arguments(what, change, message);
    }
}
