package dev.affidavit.forward.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rows of lines; of any bytes: what is no event has the key, the line, and nothing else. Used by one thread. */
final class RowReader {
    /** Nothing in a line can be too long or too deep: the line itself has a limit, and is read without recursion. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** An entry of an index of PostgreSQL has at most 2,704 bytes; so many characters have at most 2,048. */
    private static final int MAX_INDEXED = 512;
    /** Longer than any id of ours, and short enough for an entry with two others. */
    private static final int MAX_ID = 128;

    private static final Set<Column> INDEXED = Set.of(Column.ID, Column.EVENT_TYPE, Column.USERNAME);

    private final LogIdentity log;
    private final MessageDigest sha256;

    RowReader(LogIdentity log) {
        this.log = log;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Row read(byte[] line) {
        Row row = new Row();
        readFields(line, row);
        row.put(Column.LOG_ID, log.logId());
        if (row.value(Column.ID) == null) {
            row.put(Column.ID, "");
        }
        putIfAbsent(row, Column.SERVICE, log.service());
        putIfAbsent(row, Column.HOST, log.host());
        String text = text(line);
        if (text == null) {
            row.put(Column.LINE_BYTES, Base64.getEncoder().encodeToString(line));
        } else {
            row.put(Column.LINE, text);
        }
        row.put(Column.LINE_SHA256, Base64.getEncoder().encodeToString(sha256.digest(line)));
        return row;
    }

    private static void putIfAbsent(Row row, Column column, String value) {
        if (row.value(column) == null && !value.isEmpty()) {
            row.put(column, StorableText.of(value));
        }
    }

    private static void readFields(byte[] line, Row row) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            Set<Column> said = EnumSet.noneOf(Column.class);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Column column = Column.ofField(parser.currentName());
                JsonToken value = parser.nextToken();
                if (column != null && !said.add(column)) {
                    row.transformed(column); // the last one counts, as for most readers
                }
                if (column == Column.DETAILS) {
                    readDetails(parser, row);
                } else if (column != null && value != JsonToken.VALUE_NULL) {
                    readScalar(parser, column, row);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                row.clearFields();
            }
        } catch (IOException notJson) {
            row.clearFields();
        }
    }

    private static void readDetails(JsonParser parser, Row row) throws IOException {
        DetailsText details = DetailsText.of(parser);
        row.put(Column.DETAILS, details.json());
        if (details.transformed()) {
            row.transformed(Column.DETAILS);
        }
    }

    private static void readScalar(JsonParser parser, Column column, Row row) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            parser.skipChildren();
            row.transformed(column);
            return;
        }
        String said = parser.getText();
        if (said.isEmpty()) {
            return;
        }
        String value = column.kind() == Kind.TEXT ? storable(column, said) : ScalarText.of(column.kind(), said);
        if (value != null) {
            row.put(column, value);
        }
        if (!said.equals(value)) {
            row.transformed(column);
        }
    }

    private static String storable(Column column, String text) {
        String storable = StorableText.of(text);
        if (!INDEXED.contains(column)) {
            return storable;
        }
        return StorableText.cut(storable, column == Column.ID ? MAX_ID : MAX_INDEXED);
    }

    /** The line; null if it is no UTF-8, or has a NUL, which no text of PostgreSQL has. */
    private static @Nullable String text(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
