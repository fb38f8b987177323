package dev.affidavit.forward.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a search, of which the documents are kept to the byte: the client's own types would write them anew. Not thread-safe.
 */
final class SearchPage {
    private final List<byte[]> sources = new ArrayList<>();
    private @Nullable String pit;
    private boolean timedOut;
    private int failedShards;
    private boolean lacksSource;
    /** That of the last document. */
    private long sort = -1;

    private SearchPage() {}

    static SearchPage of(byte[] json) throws IOException {
        SearchPage page = new SearchPage();
        try (JsonParser parser = StoredDocument.JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                page.readMember(parser, json);
            }
        }
        return page;
    }

    private void readMember(JsonParser parser, byte[] json) throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
            case "pit_id" -> pit = parser.getText();
            case "timed_out" -> timedOut = parser.getBooleanValue();
            case "_shards" -> readShards(parser);
            case "hits" -> readHits(parser, json);
            default -> parser.skipChildren();
        }
    }

    private void readShards(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean failed = parser.currentName().equals("failed");
            parser.nextToken();
            if (failed) {
                failedShards = parser.getIntValue();
            }
            parser.skipChildren();
        }
    }

    private void readHits(JsonParser parser, byte[] json) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean list = parser.currentName().equals("hits");
            parser.nextToken();
            while (list && parser.nextToken() == JsonToken.START_OBJECT) {
                readHit(parser, json);
            }
            parser.skipChildren();
        }
    }

    private void readHit(JsonParser parser, byte[] json) throws IOException {
        int before = sources.size();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("_source")) {
                int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                parser.skipChildren();
                sources.add(Arrays.copyOfRange(
                        json, from, Math.toIntExact(parser.currentLocation().getByteOffset())));
            } else if (name.equals("sort")) {
                parser.nextToken();
                sort = parser.getLongValue();
                parser.nextToken();
            }
            parser.skipChildren();
        }
        lacksSource |= sources.size() == before;
    }

    /** Each document, as the server has it. */
    List<byte[]> sources() {
        return sources;
    }

    /** With which the next page is asked for; null if it is the one before. */
    @Nullable
    String pit() {
        return pit;
    }

    /** Behind which the next page begins. */
    long sort() {
        return sort;
    }

    /** Whether all parts of the index have answered. */
    boolean isWhole() {
        return !timedOut && failedShards == 0;
    }

    /** Whether an index keeps no documents as they were. */
    boolean lacksSource() {
        return lacksSource;
    }
}
