package dev.affidavit.forward.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line that was made a document, as {@link Documents} does; of a document that was changed so that it begins in another way, the
 * document. Immutable but for its bytes.
 */
final class StoredDocument {
    /** The server has read them before, whatever they are. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String ID = "id";
    private static final Set<String> TEXTS = Set.of(ID, Documents.LINE, Documents.LINE_BASE64);
    private static final Pattern HEAD =
            Pattern.compile("\\{\"@timestamp\":\"[^\"\\\\]*\",\"log_id\":\"[0-9a-f]{32}\"(,|(?=}))");
    /** Of a document, to find its head: a time and a log id. */
    private static final int HEAD_BYTES = 256;

    private final byte[] line;
    private final @Nullable String id;

    private StoredDocument(byte[] line, @Nullable String id) {
        this.line = line;
        this.id = id;
    }

    /** @param source as the server returns it, to the byte */
    static StoredDocument of(byte[] source) throws IOException {
        Map<String, String> texts = texts(source);
        String id = texts.get(ID);
        String text = texts.get(Documents.LINE);
        String base64 = texts.get(Documents.LINE_BASE64);
        if (text != null) {
            return new StoredDocument(text.getBytes(StandardCharsets.UTF_8), id);
        }
        return new StoredDocument(base64 == null ? withoutHead(source) : decoded(base64), id);
    }

    /** Without its {@code \n}. */
    byte[] line() {
        return line;
    }

    /** That the document has; null if it has none. */
    @Nullable
    String id() {
        return id;
    }

    /** Those of its members that matter here. */
    private static Map<String, String> texts(byte[] source) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser parser = JSON.createParser(source)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && TEXTS.contains(name)) {
                    texts.put(name, parser.getText());
                }
                parser.skipChildren();
            }
        }
        return texts;
    }

    private static byte[] withoutHead(byte[] source) {
        String beginning = new String(source, 0, Math.min(source.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(beginning);
        if (!head.lookingAt()) {
            return source;
        }
        byte[] line = Arrays.copyOfRange(source, head.end() - 1, source.length);
        line[0] = '{';
        return line;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException changed) {
            return base64.getBytes(StandardCharsets.UTF_8);
        }
    }
}
