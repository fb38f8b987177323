package dev.affidavit.json;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events of every shape, the same for the same seed. */
final class RandomEvents {
    private static final List<String> HOSTILE = List.of(
            "",
            "\"},{\"",
            "ends with \\",
            "line\nfeed",
            "\u0085\u2028\ufeff",
            "\u202egpj.exe",
            "\ud800 and \ude00\ud83d",
            "\udb40\udc41",
            "__proto__",
            "[cut]",
            "#2");

    private static final List<Severity> SEVERITIES = List.of(Severity.values());

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    AuditEvent next() {
        AuditEvent.Builder event = AuditEvent.builder(type());
        if (random.nextBoolean()) {
            event.timestamp(Instant.ofEpochSecond(
                    random.nextLong(-62_167_219_200L, 253_402_300_800L), random.nextInt(1_000_000_000)));
        }
        if (random.nextBoolean()) {
            event.severity(SEVERITIES.get(random.nextInt(SEVERITIES.size())));
        }
        if (random.nextBoolean()) {
            event.port(random.nextInt(65_536));
        }
        if (random.nextBoolean()) {
            event.success(random.nextBoolean());
        }
        if (random.nextInt(4) == 0) {
            event.rowsAffected(random.nextLong(Long.MAX_VALUE));
        }
        event.username(textOrNull()).sessionId(textOrNull()).ipAddress(textOrNull());
        event.userAgent(textOrNull()).description(textOrNull()).errorCode(textOrNull());
        event.databaseName(textOrNull()).objectType(textOrNull());
        event.objectName(textOrNull()).command(textOrNull());
        for (int i = random.nextInt(6); i > 0; i--) {
            event.detail(text(), value(0));
        }
        return event.build();
    }

    private EventType type() {
        String name = text();
        return random.nextBoolean() || name.isBlank() ? EventType.ACCESS_DENIED : EventType.of(name);
    }

    private @Nullable String textOrNull() {
        return random.nextInt(3) == 0 ? null : text();
    }

    private String text() {
        return switch (random.nextInt(4)) {
            case 0 -> "plain text " + random.nextInt();
            case 1 -> HOSTILE.get(random.nextInt(HOSTILE.size()));
            case 2 -> characters(random.nextInt(12), Character.MAX_VALUE + 1);
            default -> characters(random.nextInt(40), 0x100);
        };
    }

    /** Any UTF-16 units, lone surrogates included. */
    private String characters(int length, int bound) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(bound));
        }
        return text.toString();
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth < 4 ? 12 : 9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(-400, 400));
            case 6 -> Instant.ofEpochSecond(random.nextInt());
            case 7, 8 -> text();
            case 9 -> list(depth);
            case 10 -> list(depth).toArray();
            default -> map(depth);
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(text(), value(depth + 1));
        }
        return map;
    }
}
