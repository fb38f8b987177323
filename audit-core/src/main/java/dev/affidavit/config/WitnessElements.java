package dev.affidavit.config;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.WitnessKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The elements that say which witnesses cosign the seals of a log: any number. Not thread-safe. */
final class WitnessElements {
    static final String NAME = "AuditWitness";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    /** A checkpoint that waits for a witness is overtaken by the next one. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String path;
    private final Problems problems;
    private final List<WitnessConfig> read = new ArrayList<>();
    private int index;

    /** @param path how messages name the element that these are in */
    WitnessElements(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    void read(ConfigNode node) {
        Options options = new Options(node, "%s.%s[%d]".formatted(path, NAME, index), problems);
        index++;
        WitnessKey key = key(options);
        URI url = url(options);
        Duration timeout = options.duration("timeout", TIMEOUT, SHORTEST, LONGEST);
        options.rejectUnknown();
        if (key == null || url == null) {
            return;
        }
        if (read.stream().anyMatch(other -> other.key().equals(key))) {
            options.problem(
                    "key", "expected another key than those before, found that of %s again".formatted(key.name()));
        }
        read.add(new WitnessConfig(key, url, timeout));
    }

    private static @Nullable WitnessKey key(Options options) {
        String text = options.required("key");
        try {
            return text.isBlank() ? null : WitnessKey.parse(text.strip());
        } catch (MalformedSealException e) {
            options.problem("key", e.getMessage() + ". The witness's operator publishes it, as name+id+key");
            return null;
        }
    }

    private static @Nullable URI url(Options options) {
        String text = options.required("url");
        if (text.isBlank()) {
            return null;
        }
        URI url = parsed(text.strip().replaceFirst("/+$", ""));
        if (url == null
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            options.problem(
                    "url", "expected https://host/path, without user, query and fragment, found something else");
            return null;
        }
        if ("http".equals(url.getScheme()) ? !THIS_MACHINE.contains(url.getHost()) : !"https".equals(url.getScheme())) {
            options.problem(
                    "url",
                    "expected https, or http to this machine itself, found '%s' to %s"
                            .formatted(url.getScheme(), url.getHost()));
            return null;
        }
        return url;
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Those that could be read, in their order. */
    List<WitnessConfig> all() {
        return List.copyOf(read);
    }
}
