package dev.affidavit.testkit.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The answer to a search.
 *
 * @param sources the documents, cut out byte by byte as the server has them
 * @param lastSort the number by which the last one was sorted, if there is one
 */
record SearchPage(List<byte[]> sources, long lastSort) {
    private static final JsonFactory JSON = new JsonFactory();

    static SearchPage of(byte[] answer) {
        List<byte[]> sources = new ArrayList<>();
        long lastSort = 0;
        try (JsonParser parser = JSON.createParser(answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals("_source")) {
                    parser.nextToken();
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    int to = (int) parser.currentLocation().getByteOffset();
                    sources.add(Arrays.copyOfRange(answer, from, to));
                } else if (token == JsonToken.FIELD_NAME && parser.currentName().equals("sort")) {
                    parser.nextToken();
                    parser.nextToken();
                    lastSort = parser.getValueAsLong();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SearchPage(sources, lastSort);
    }
}
