package dev.affidavit.forward.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Set;

/** Whether the members of a line can be those of a document, beside the ones that we put before them. */
enum LineShape {
    OBJECT,
    EMPTY_OBJECT,
    /** No JSON object, or one that repeats a name, or has one that is ours. */
    OTHER;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> OURS =
            Set.of(Documents.TIMESTAMP, Documents.LOG_ID, Documents.LINE, Documents.LINE_BASE64);

    static LineShape of(byte[] line) {
        if (line.length < 2 || line[0] != '{' || line[line.length - 1] != '}') {
            return OTHER;
        }
        try (JsonParser parser = JSON.createParser(line)) {
            return of(parser);
        } catch (IOException notJson) {
            return OTHER;
        }
    }

    private static LineShape of(JsonParser parser) throws IOException {
        LineShape shape = EMPTY_OBJECT;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (OURS.contains(parser.currentName())) {
                return OTHER;
            }
            parser.nextToken();
            parser.skipChildren();
            shape = OBJECT;
        }
        return parser.nextToken() == null ? shape : OTHER;
    }
}
