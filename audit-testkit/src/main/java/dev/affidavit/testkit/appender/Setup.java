package dev.affidavit.testkit.appender;

import dev.affidavit.config.OnFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A configuration with one audit appender, named {@code audit}, on the root logger. Immutable.
 *
 * @param options of the appender but for its name
 * @param elements below the appender, by name
 * @param level of the root logger
 * @param markup further elements of the appender, in the framework's own syntax
 * @param queue the asynchronous stage before the appender, one of {@link FrameworkUnderTest#queues()}; empty for none
 * @param isHooked whether the framework stops itself when the JVM ends
 */
public record Setup(
        Map<String, String> options,
        List<ElementSetup> elements,
        String level,
        String markup,
        String queue,
        boolean isHooked) {
    /**
     * An element below the appender.
     *
     * @param below the elements in it
     */
    public record ElementSetup(String name, Map<String, String> options, List<ElementSetup> below) {}

    public static Setup in(Path directory) {
        return new Setup(Map.of("directory", directory.toString()), List.of(), "trace", "", "", false);
    }

    public Setup with(String option, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new Setup(more, elements, level, markup, queue, isHooked);
    }

    public Setup onFailure(OnFailure policy) {
        return with("onFailure", policy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public Setup withElement(String name, Map<String, String> elementOptions) {
        List<ElementSetup> more = new ArrayList<>(elements);
        more.add(new ElementSetup(name, elementOptions, List.of()));
        return new Setup(options, more, level, markup, queue, isHooked);
    }

    /** An element in the one that was added last. */
    public Setup withElementBelow(String name, Map<String, String> elementOptions) {
        List<ElementSetup> more = new ArrayList<>(elements);
        ElementSetup last = more.remove(more.size() - 1);
        List<ElementSetup> below = new ArrayList<>(last.below());
        below.add(new ElementSetup(name, elementOptions, List.of()));
        more.add(new ElementSetup(last.name(), last.options(), below));
        return new Setup(options, more, level, markup, queue, isHooked);
    }

    public Setup withForwarder(Map<String, String> forwarderOptions) {
        return withElement("AuditForwarder", forwarderOptions);
    }

    public Setup withListener(Map<String, String> listenerOptions) {
        return withElement("AuditListener", listenerOptions);
    }

    public Setup level(String rootLevel) {
        return new Setup(options, elements, rootLevel, markup, queue, isHooked);
    }

    public Setup withMarkup(String inside) {
        return new Setup(options, elements, level, inside, queue, isHooked);
    }

    public Setup behind(String stage) {
        return new Setup(options, elements, level, markup, stage, isHooked);
    }

    public Setup hooked() {
        return new Setup(options, elements, level, markup, queue, true);
    }

    /** The text as an XML attribute or content. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;")
                .replace("\t", "&#9;");
    }
}
