package dev.affidavit.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of one configuration element. A value that cannot be read is a problem and never repaired: the method
 * then returns the default, which is not used, since a configuration with problems is refused. What no method asked for
 * is an unknown option. Not thread-safe.
 */
public final class Options {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,10}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    /** A hundred years: its nanoseconds fit into a long wherever they are counted. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");
    private static final Map<String, Long> SIZE_UNITS = Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);
    private static final Pattern SECRET = Pattern.compile("(env|file|sys):(.+)");
    /** A secret is a line; this bounds what a wrong path can make us read. */
    private static final int MAX_SECRET_BYTES = 64 * 1024;

    private final ConfigNode node;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> refused = new HashSet<>();
    private boolean childrenRead;

    /** @param path how messages name the element; empty for the outermost */
    public Options(ConfigNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** The options of an element below this one, whose problems are reported with those of this one. */
    public Options below(ConfigNode child, String name) {
        return new Options(child, path.isEmpty() ? name : path + "." + name, problems);
    }

    /** The text as it was written; null if there is none. */
    public @Nullable String text(String name) {
        known.add(name);
        return node.values().get(name);
    }

    public String text(String name, String defaultValue) {
        String text = text(name);
        return text == null ? defaultValue : text;
    }

    /** A text that must be there and not be blank; empty where it is not. */
    public String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            problem(name, "expected a value, found " + (text == null ? "none" : "'" + text + "'"));
            return "";
        }
        if (isUnresolved(text)) {
            problem(name, "expected a value, found " + unset(text));
        }
        return text;
    }

    public int integer(String name, int defaultValue, int min, int max) {
        return read(name, defaultValue, "a whole number from %d to %d".formatted(min, max), text -> {
            if (!INTEGER.matcher(text).matches()) { // parseInt takes more: a plus, the digits of other scripts
                return null;
            }
            long number = Long.parseLong(text);
            return number >= min && number <= max ? (int) number : null;
        });
    }

    /** A whole number with a unit: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 1h}, {@code 90d}. */
    public Duration duration(String name, Duration defaultValue, Duration min) {
        return duration(name, defaultValue, min, LONGEST);
    }

    public Duration duration(String name, Duration defaultValue, Duration min, Duration max) {
        String expected = "a duration such as 250ms, 5s, 10m, 1h or 90d, from %dms to %s"
                .formatted(min.toMillis(), max.toDays() > 0 ? max.toDays() + "d" : max.toMinutes() + "m");
        return read(name, defaultValue, expected, text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            Duration unit = DURATION_UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
            Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
            return duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0 ? duration : null;
        });
    }

    /** Bytes: a whole number with a unit, {@code 512B}, {@code 16KB}, {@code 50MB}, {@code 1GB}; 1 KB is 1,024 bytes. */
    public long size(String name, long defaultValue, long min) {
        return size(name, defaultValue, min, Long.MAX_VALUE, "at least %dB".formatted(min));
    }

    public long size(String name, long defaultValue, long min, long max) {
        return size(name, defaultValue, min, max, "from %dB to %dB".formatted(min, max));
    }

    private long size(String name, long defaultValue, long min, long max, String range) {
        return read(name, defaultValue, "a size such as 16KB, 50MB or 1GB, " + range, text -> {
            Matcher matcher = SIZE.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            long size = Long.parseLong(matcher.group(1)) * SIZE_UNITS.getOrDefault(matcher.group(2), 0L);
            return size >= min && size <= max ? size : null;
        });
    }

    public boolean flag(String name, boolean defaultValue) {
        return read(name, defaultValue, "true or false", text -> switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        });
    }

    /** One of the constants of an enum, written {@code like-this}. */
    public <E extends Enum<E>> E choice(String name, E defaultValue) {
        List<E> constants = Arrays.asList(defaultValue.getDeclaringClass().getEnumConstants());
        String expected = constants.stream().map(Options::written).collect(Collectors.joining(", ", "one of ", ""));
        return read(
                name,
                defaultValue,
                expected,
                text -> constants.stream()
                        .filter(constant -> written(constant).equals(text))
                        .findFirst()
                        .orElse(null));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Texts between commas. */
    public Set<String> list(String name) {
        String text = text(name, "");
        Set<String> entries = new LinkedHashSet<>();
        if (!text.isBlank()) {
            for (String entry : text.split(",", -1)) {
                if (entry.isBlank()) {
                    problem(name, "expected names between commas, found '" + text + "'");
                } else {
                    entries.add(entry.strip());
                }
            }
        }
        return entries;
    }

    public @Nullable Path file(String name, @Nullable Path defaultValue) {
        String text = text(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            if (isUnresolved(text)) {
                problem(name, "expected a path, found " + unset(text));
                return defaultValue;
            }
            if (!text.isBlank()) {
                return Path.of(text);
            }
            problem(name, "expected a path, found '" + text + "'");
        } catch (InvalidPathException e) {
            problem(name, "expected a path, found '" + text + "'");
        }
        return defaultValue;
    }

    /** How Log4j and Logback leave a variable that is not set. */
    private static boolean isUnresolved(String text) {
        return text.contains("${") || text.contains("_IS_UNDEFINED");
    }

    private static String unset(String text) {
        return "'%s', in which a variable is not set".formatted(text);
    }

    /** A secret by reference: {@code env:NAME}, {@code file:PATH} (its first line) or {@code sys:NAME}. */
    public @Nullable Secret secret(String name) {
        String reference = text(name);
        if (reference == null) {
            return null;
        }
        Matcher matcher = SECRET.matcher(reference);
        if (!matcher.matches()) {
            // What was found is not shown: it may be the secret itself.
            problem(name, "expected a reference to a secret, env:NAME, file:PATH or sys:NAME, found something else");
            return null;
        }
        String value = switch (matcher.group(1)) {
            case "env" -> System.getenv(matcher.group(2));
            case "sys" -> System.getProperty(matcher.group(2));
            default -> null;
        };
        if (value == null && matcher.group(1).equals("file")) {
            try {
                value = firstLine(Path.of(matcher.group(2)));
            } catch (IOException | InvalidPathException e) {
                problem(name, "%s cannot be read: %s".formatted(reference, e));
                return null;
            }
        }
        if (value == null || value.isEmpty()) {
            problem(name, "%s holds no secret".formatted(reference));
            return null;
        }
        return new Secret(reference, value);
    }

    /** Follows links, since containers are given secrets by links; a pipe or a device could keep us for ever. */
    private static String firstLine(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SECRET_BYTES + 1);
            if (bytes.length > MAX_SECRET_BYTES) {
                throw new IOException("larger than %d bytes".formatted(MAX_SECRET_BYTES));
            }
            // A decoder, since a String would take bytes that are no UTF-8 for something else.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.lines().findFirst().orElse("");
        }
    }

    /** Reports a problem with the option {@code name}. */
    public void problem(String name, String problem) {
        problems.add(path.isEmpty() ? name : path + "." + name, problem);
    }

    /** Reports the option {@code name} if it is there; it is not an unknown one, nor one that is offered as known. */
    public void refuse(String name, String problem) {
        refused.add(name);
        if (node.values().containsKey(name)) {
            problem(name, problem);
        }
    }

    /** Reports every option, and every element, that no method asked for. To be called last. */
    public void rejectUnknown() {
        for (String name : node.values().keySet()) {
            if (!known.contains(name) && !refused.contains(name)) {
                problem(name, "unknown option; " + nearest(name));
            }
        }
        if (!childrenRead) {
            node.children().forEach(child -> problem(child.name(), "unknown element"));
        }
    }

    private String nearest(String name) {
        return known.stream()
                .filter(candidate -> Distance.isTypo(candidate, name))
                .min(Comparator.comparingInt(candidate -> Distance.between(candidate, name)))
                .map(candidate -> "did you mean " + candidate + "?")
                .orElseGet(() -> "known are " + String.join(", ", new TreeSet<>(known)));
    }

    private <T> T read(String name, T defaultValue, String expected, Function<String, @Nullable T> parse) {
        String text = text(name);
        if (text == null) {
            return defaultValue;
        }
        T value = parse.apply(text);
        if (value == null) {
            problem(name, "expected %s, found '%s'".formatted(expected, text));
            return defaultValue;
        }
        return value;
    }

    /** The elements below this one. */
    public List<ConfigNode> children() {
        childrenRead = true;
        return new ArrayList<>(node.children());
    }
}
