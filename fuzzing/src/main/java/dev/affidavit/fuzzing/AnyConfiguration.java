package dev.affidavit.fuzzing;

import dev.affidavit.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration of any shape that a framework can hand over: mostly of known words, sometimes of others. */
final class AnyConfiguration {
    static final String PROPERTY = "dev.affidavit.fuzzing.secret";
    static final String SECRET = "s3cr3t-that-nobody-says";

    private static final int MAX_DEPTH = 3;
    private static final List<String> NAMES = List.of(
            "name",
            "marker",
            "directory",
            "durability",
            "onFailure",
            "ignoreExceptions",
            "bufferSize",
            "flushInterval",
            "maxFileSize",
            "rotationInterval",
            "maxFiles",
            "maxAge",
            "minAge",
            "unshipped",
            "filePermissions",
            "lockTimeout",
            "service",
            "contextKeys",
            "forceTimeout",
            "maxBytes",
            "diskReserve",
            "diskWarning",
            "externalForwarders",
            "provider",
            "tone",
            "AuditSeal",
            "enabled",
            "origin",
            "interval",
            "anchorInterval",
            "to",
            "host",
            "port",
            "transport",
            "facility",
            "appName",
            "enterpriseId",
            "connectTimeout",
            "batchEvents",
            "batchSize",
            "batchDelay",
            "ack",
            "door",
            "tags",
            "batch",
            "certificate",
            "token",
            "password");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "audit",
            "AUDIT",
            "log_files/security",
            "written",
            "synced",
            "fail-operation",
            "continue",
            "shutdown",
            "true",
            "false",
            "0",
            "1",
            "2",
            "100",
            "65535",
            "2147483648",
            "250ms",
            "5s",
            "1d",
            "36500d",
            "0s",
            "50MB",
            "1023B",
            "999999999GB",
            "rw-------",
            "rwxrwxrwx",
            "r--------",
            "a, b",
            "a,,b",
            "syslog",
            "vault",
            "bell",
            "pigeon",
            "host.example",
            "tcp",
            "local0",
            "half-open",
            "keep",
            "sys:" + PROPERTY,
            "sys:no.such.property",
            "env:NO_SUCH_VARIABLE",
            "env:",
            "file:/no/such/file",
            "file:/dev/zero",
            "${env:NO_SUCH_VARIABLE}");
    private static final List<String> ELEMENTS =
            List.of("AuditForwarder", "AuditListener", "AuditSeal", "AuditEncryption", "AuditPolicies", "Filter");
    private static final List<String> SECRETS = List.of("token", "password");

    private final Choices choices;

    AnyConfiguration(Choices choices) {
        this.choices = choices;
    }

    ConfigNode node() {
        return node("Audit", 0);
    }

    private ConfigNode node(String name, int depth) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = choices.below(10); i > 0; i--) {
            String option = word(NAMES);
            values.put(option, SECRETS.contains(option) && choices.flag() ? SECRET : word(VALUES));
        }
        List<ConfigNode> children = new ArrayList<>();
        if (depth < MAX_DEPTH) {
            for (int i = choices.below(4); i > 0; i--) {
                children.add(node(word(ELEMENTS), depth + 1));
            }
        }
        return new ConfigNode(name, values, children);
    }

    /** One of the known ones, one of them with something at its end, or any. */
    private String word(List<String> known) {
        return switch (choices.below(8)) {
            case 0 -> choices.text();
            case 1 -> choices.of(known) + choices.text();
            default -> choices.of(known);
        };
    }
}
