package dev.affidavit.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.affidavit.spi.EncryptedLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines of a log, to the byte, in what programs export that keep events: the line itself, as a text in an object, or as
 * the members of a document of Elasticsearch.
 */
final class ExportedEvents {
    /** How every event begins. */
    private static final String EVENT = "{\"id\":\"";
    /** What our documents have before the members of the line. Cannot stand within a text, where quotes are escaped. */
    private static final Pattern DOCUMENT =
            Pattern.compile("\\{\"@timestamp\":\"[^\"\\\\]*\",\"log_id\":\"[0-9a-f]{32}\",(?=\"id\":\")");

    private static final List<String> TEXTS =
            List.of("/_raw", "/event.original", "/event/original", "/line", "/message");
    private static final String BASE64 = "/line_base64";
    /** An object that programs put around an event: none, that of Splunk, that of Elasticsearch. */
    private static final List<String> AROUND = List.of("", "/result", "/_source");

    private static final String CHECKPOINT = "AUDIT_CHECKPOINT";
    private static final int MAX_NAMES = 10;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What an object holds: lines, without their {@code \n}, and the checkpoints in them. */
    record Found(List<byte[]> lines, List<String> checkpoints) {}

    /** In one object of JSON. */
    Found in(byte[] object) throws MalformedExportException {
        JsonNode tree = tree(object);
        List<byte[]> lines = documents(object);
        if (lines.isEmpty()) {
            byte[] text = text(tree);
            boolean own = new String(object, StandardCharsets.ISO_8859_1).startsWith(EVENT);
            if (text != null || own) {
                lines.add(text == null ? object : text);
            }
        }
        List<String> checkpoints = new ArrayList<>();
        for (byte[] line : lines) {
            if (!EncryptedLines.isEncrypted(line)) {
                addCheckpoint(tree(line), checkpoints);
            }
        }
        if (lines.isEmpty()) { // a checkpoint is signed: it may be written otherwise than in the log
            for (String around : AROUND) {
                addCheckpoint(tree.at(around), checkpoints);
            }
        }
        if (lines.isEmpty() && checkpoints.isEmpty()) {
            throw new MalformedExportException(
                    "found neither an event nor _raw, event.original, line, line_base64 or message with one, but "
                            + names(tree));
        }
        return new Found(lines, checkpoints);
    }

    /** The checkpoint in the line of an event; null if it has none. */
    @Nullable
    String checkpoint(byte[] line) {
        if (!new String(line, StandardCharsets.ISO_8859_1).contains(CHECKPOINT)) {
            return null;
        }
        List<String> found = new ArrayList<>();
        try {
            addCheckpoint(tree(line), found);
        } catch (MalformedExportException noEvent) {
            return null;
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private JsonNode tree(byte[] json) throws MalformedExportException {
        try {
            JsonNode tree = mapper.readTree(json);
            if (tree.isObject()) {
                return tree;
            }
            throw new MalformedExportException("found JSON that is no object");
        } catch (JsonProcessingException e) {
            throw new MalformedExportException("found no JSON: " + e.getOriginalMessage());
        } catch (IOException e) { // of UTF-8
            throw new MalformedExportException("found no JSON: " + e.getMessage());
        }
    }

    /** Of one, or of the many in the result of a search. */
    private List<byte[]> documents(byte[] object) throws MalformedExportException {
        List<byte[]> lines = new ArrayList<>();
        Matcher head = DOCUMENT.matcher(new String(object, StandardCharsets.ISO_8859_1));
        while (head.find()) {
            int end = endOf(object, head.start());
            byte[] line = new byte[1 + end - head.end()];
            line[0] = '{';
            System.arraycopy(object, head.end(), line, 1, end - head.end());
            lines.add(line);
        }
        return lines;
    }

    private int endOf(byte[] json, int start) throws MalformedExportException {
        try (JsonParser parser = mapper.createParser(json, start, json.length - start)) {
            parser.nextToken();
            parser.skipChildren();
            return start + Math.toIntExact(parser.currentLocation().getByteOffset());
        } catch (IOException e) {
            throw new MalformedExportException("found no JSON: " + e.getMessage());
        }
    }

    private static byte @Nullable [] text(JsonNode tree) {
        for (String around : AROUND) {
            for (String name : TEXTS) {
                JsonNode text = tree.at(around).at(name);
                byte[] line = text.asText().getBytes(StandardCharsets.UTF_8);
                if (text.isTextual() && (text.asText().startsWith(EVENT) || EncryptedLines.isEncrypted(line))) {
                    return line;
                }
            }
            byte[] bytes = decoded(tree.at(around).at(BASE64));
            if (bytes != null) {
                return bytes;
            }
        }
        return null;
    }

    private static byte @Nullable [] decoded(JsonNode base64) {
        try {
            byte[] bytes = base64.isTextual() ? Base64.getDecoder().decode(base64.asText()) : new byte[0];
            return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(EVENT) ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static void addCheckpoint(JsonNode event, List<String> into) {
        JsonNode checkpoint = event.at("/details/checkpoint");
        if (event.path("event_type").asText().equals(CHECKPOINT) && checkpoint.isTextual()) {
            into.add(checkpoint.asText());
        }
    }

    private static String names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String more = names.size() > MAX_NAMES ? " and others" : "";
        return names.isEmpty()
                ? "nothing"
                : String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES))) + more;
    }
}
