package dev.affidavit.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;
import dev.affidavit.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code <AuditForwarder>} of an {@link AuditAppender}: where events go beside the file. Keeps texts; the
 * core reads them. An option that has no element of its own here is given as {@code <option><name/><value/></option>}.
 */
public final class AuditForwarder extends ContextAwareBase implements LifeCycle {
    private final Map<String, String> values = new LinkedHashMap<>();
    private @Nullable Ignored ignored;
    private List<String> unknown = List.of();
    private boolean started;

    @Override
    public void setContext(Context context) {
        super.setContext(context);
        ignored = Ignored.from(context, this);
    }

    public void setTo(String destination) {
        values.put("to", destination);
    }

    public void setName(String text) {
        values.put("name", text);
    }

    public void setHost(String text) {
        values.put("host", text);
    }

    public void setPort(String text) {
        values.put("port", text);
    }

    public void setTransport(String text) {
        values.put("transport", text);
    }

    public void setFacility(String text) {
        values.put("facility", text);
    }

    public void setAppName(String text) {
        values.put("appName", text);
    }

    public void setEnterpriseId(String text) {
        values.put("enterpriseId", text);
    }

    public void setConnectTimeout(String text) {
        values.put("connectTimeout", text);
    }

    /** Any option, by its name. */
    public void addOption(Option option) {
        values.put(option.name, option.value);
    }

    @Override
    public void start() {
        started = true;
        if (ignored != null) {
            unknown = ignored.names();
        }
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    ConfigNode toConfig() {
        return new ConfigNode("AuditForwarder", values, List.of());
    }

    /** What Logback found in the element and did not understand. */
    List<String> problems() {
        String name = values.getOrDefault("name", values.getOrDefault("to", ""));
        return unknown.stream()
                .map(element ->
                        ("AuditForwarder[%s].%s: unknown element; an option of the destination that has none of its"
                                        + " own is written <option><name>%s</name><value>…</value></option>")
                                .formatted(name, element, element))
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
