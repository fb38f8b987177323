package dev.affidavit.config;

import dev.affidavit.store.Cursors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The elements of one kind, each of which names a provider that the class path offers, and has a name of its own. Not
 * thread-safe.
 *
 * @param <P> the provider
 * @param <C> what comes of an element
 */
final class ProvidedElements<P, C> {
    static final String BAD_NAME = "expected letters, digits, '_' and '-', at most 64, found '%s'";

    private final Kind kind;
    private final Map<String, P> providers;
    private final Reader<P, C> reader;
    private final Problems problems;

    private final List<C> read = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int index;

    ProvidedElements(Kind kind, Map<String, P> providers, Reader<P, C> reader, Problems problems) {
        this.kind = kind;
        this.providers = providers;
        this.reader = reader;
        this.problems = problems;
    }

    void read(ConfigNode node) {
        String provided = node.values().getOrDefault(kind.provider(), "");
        String name = node.values().getOrDefault("name", provided);
        Options options = new Options(
                node, "%s[%s]".formatted(kind.element(), name.isEmpty() ? Integer.toString(index) : name), problems);
        index++;
        options.required(kind.provider());
        options.text("name");
        P provider = providers.get(provided);
        if (provider == null) {
            if (!provided.isBlank()) {
                options.problem(kind.provider(), notOffered(provided));
            }
            return; // without the provider nobody knows which options there are
        }
        if (!Cursors.isName(name)) {
            options.problem("name", BAD_NAME.formatted(name));
        } else if (!names.add(name)) {
            options.problem("name", "a %s above has this name too; give each its own".formatted(kind.noun()));
        }
        try {
            read.add(reader.read(name, provider, options));
            options.rejectUnknown();
        } catch (RuntimeException | LinkageError e) { // from a provider of others: the appender must still refuse
            options.problem(kind.provider(), "its options cannot be read: " + e);
        }
    }

    private String notOffered(String provided) {
        String known = providers.isEmpty()
                ? "there is none on the class path"
                : "known are "
                        + String.join(", ", providers.keySet().stream().sorted().toList());
        return "no %s '%s'; %s; is %s on the class path?"
                .formatted(kind.offer(), provided, known, kind.jar().formatted(provided));
    }

    /** What could be read, in the order of the configuration. */
    List<C> all() {
        return read;
    }

    /**
     * A kind of element, as messages speak of it.
     *
     * @param element its name
     * @param noun what it configures
     * @param provider the option that names the provider
     * @param offer what a provider offers
     * @param jar which jar may bring a provider of a name
     */
    record Kind(String element, String noun, String provider, String offer, String jar) {
        static final Kind FORWARDER =
                new Kind("AuditForwarder", "forwarder", "to", "destination", "affidavit-forwarder-%s");
        static final Kind LISTENER =
                new Kind("AuditListener", "listener", "provider", "listener provider", "the jar that brings it");

        /** The same under another name. */
        Kind as(String otherElement) {
            return new Kind(otherElement, noun, provider, offer, jar);
        }
    }

    /** Lets a provider read the options of an element. */
    interface Reader<P, C> {
        C read(String name, P provider, Options options);
    }
}
