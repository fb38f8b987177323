package dev.affidavit.forward.agent;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a YAML 1.2 file as an element of a configuration. */
final class YamlFile {
    /** A configuration is a page; this bounds what a wrong path can make us read. */
    private static final int MAX_BYTES = 1024 * 1024;

    private YamlFile() {}

    /**
     * Reads {@code file}.
     *
     * @param problems gets what cannot be an element: it is YAML, but no configuration
     * @throws IOException if it cannot be read, or is no YAML; the message names it, and shows no value of it
     */
    static ConfigNode read(Path file, Problems problems) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
        try {
            YamlUnicodeReader text = new YamlUnicodeReader(new ByteArrayInputStream(bytes(file)));
            Iterator<Event> events = new ParserImpl(settings, new StreamReader(settings, text));
            return new YamlElements(events, problems).document();
        } catch (YamlEngineException e) {
            throw new IOException("%s: %sthis is no YAML: %s".formatted(file, place(e), reason(e)), e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe or a device could keep us for ever
            throw new IOException("%s: expected a file, found something else".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("%s: larger than %d bytes".formatted(file, MAX_BYTES));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("%s: there is no such file".formatted(file), e);
        }
    }

    private static String place(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark().map(YamlFile::place).orElse("")
                : "";
    }

    private static String place(Mark mark) {
        return "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Not its whole message, which quotes the line: a secret may stand there by mistake. */
    private static String reason(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked
                ? marked.getProblem()
                : "expected UTF-8 text without control characters";
    }
}
