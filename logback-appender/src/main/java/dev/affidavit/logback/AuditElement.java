package dev.affidavit.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;
import dev.affidavit.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element below an {@link AuditAppender}, or in one of those. Keeps texts; the core reads them. An option that has no element of its own
 * here is given as {@code <option><name/><value/></option>}.
 */
public abstract sealed class AuditElement extends ContextAwareBase implements LifeCycle
        permits AuditEncryption, AuditForwarder, AuditListener, AuditOldKey, AuditSeal, AuditWitness {
    private final String element;
    private final @Nullable String provider;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<AuditElement> below = new ArrayList<>();
    private @Nullable Ignored ignored;
    private List<String> unknown = List.of();
    private boolean started;

    /**
     * @param element its name
     * @param provider the option that names what it is provided by, whose value is the default of {@code name}; null for an
     *     element that has all its options here
     */
    AuditElement(String element, @Nullable String provider) {
        this.element = element;
        this.provider = provider;
    }

    @Override
    public final void setContext(Context context) {
        super.setContext(context);
        ignored = Ignored.from(context, this);
    }

    public final void setName(String text) {
        put("name", text);
    }

    /** Any option, by its name. */
    public final void addOption(Option option) {
        put(option.name, option.value);
    }

    final void add(AuditElement element) {
        below.add(element);
    }

    final void put(String option, String text) {
        values.put(option, text);
    }

    @Override
    public final void start() {
        started = true;
        if (ignored != null) {
            unknown = ignored.names();
            if (provider == null) {
                unknown.forEach(name -> values.putIfAbsent(name, "")); // the core knows what was meant
            }
        }
    }

    @Override
    public final void stop() {
        started = false;
    }

    @Override
    public final boolean isStarted() {
        return started;
    }

    final ConfigNode toConfig() {
        return new ConfigNode(
                element, values, below.stream().map(AuditElement::toConfig).toList());
    }

    /** What Logback found in the element and did not understand. */
    final List<String> problems() {
        if (provider == null) {
            return List.of();
        }
        String name = values.getOrDefault("name", values.getOrDefault(provider, ""));
        return unknown.stream()
                .map(found -> ("%s[%s].%s: unknown element; an option that has none of its own is written"
                                + " <option><name>%s</name><value>…</value></option>")
                        .formatted(element, name, found, found))
                .toList();
    }

    /** An option by its name. */
    public static final class Option {
        private String name = "";
        private String value = "";

        public void setName(String text) {
            name = text;
        }

        public void setValue(String text) {
            value = text;
        }
    }
}
