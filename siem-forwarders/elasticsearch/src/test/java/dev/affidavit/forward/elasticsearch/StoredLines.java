package dev.affidavit.forward.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Gets lines back from documents. */
final class StoredLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "\\{\"@timestamp\":\"[^\"]*\",\"log_id\":\"[0-9a-f]{32}\",?";

    private StoredLines() {}

    static List<byte[]> of(List<byte[]> sources) {
        return sources.stream().map(StoredLines::line).toList();
    }

    static List<String> textsOf(List<byte[]> sources) {
        return of(sources).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] line(byte[] source) {
        try {
            JsonNode document = JSON.readTree(source);
            if (document.has("line")) {
                return document.get("line").textValue().getBytes(StandardCharsets.UTF_8);
            }
            if (document.has("line_base64")) {
                return Base64.getDecoder().decode(document.get("line_base64").textValue());
            }
            return withoutHead(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Byte by byte: a document may hold what is no text. */
    private static byte[] withoutHead(byte[] source) {
        String text = new String(source, StandardCharsets.ISO_8859_1);
        String members = text.replaceFirst(HEAD, "");
        byte[] rest = members.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(rest.length + 1).put((byte) '{').put(rest).array();
    }
}
