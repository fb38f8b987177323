package dev.affidavit.forward.splunk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered. Proxies answer too, so nothing is expected of the body: what is no JSON says nothing.
 *
 * @param invalidEvent which event of the request is wrong, from 0
 * @param ackId under which the request's acknowledgement can be asked for
 * @param acknowledged of the ids that were asked for
 */
record Reply(
        int status,
        HttpHeaders headers,
        @Nullable Integer code,
        @Nullable Integer invalidEvent,
        @Nullable Long ackId,
        Set<Long> acknowledged) {
    private static final JsonFactory JSON = new JsonFactory();

    static Reply of(int status, HttpHeaders headers, byte[] body) {
        Reader reader = new Reader();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                reader.read(parser);
            }
        } catch (IOException notJson) {
            reader = new Reader(); // half an answer is none
        }
        return new Reply(
                status, headers, reader.code, reader.invalidEvent, reader.ackId, Set.copyOf(reader.acknowledged));
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Collects the members as they come. */
    private static final class Reader {
        private @Nullable Integer code;
        private @Nullable Integer invalidEvent;
        private @Nullable Long ackId;
        private final Set<Long> acknowledged = new HashSet<>();

        private void read(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_NUMBER_INT) {
                    number(name, parser);
                } else if (value == JsonToken.START_OBJECT && name.equals("acks")) {
                    readAcknowledged(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("not an object");
            }
        }

        private void number(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "code" -> code = parser.getIntValue();
                case "invalid-event-number" -> invalidEvent = parser.getIntValue();
                case "ackId" -> ackId = parser.getLongValue();
                default -> {}
            }
        }

        private void readAcknowledged(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String id = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_TRUE && id.matches("\\d{1,18}")) {
                    acknowledged.add(Long.parseLong(id));
                }
                parser.skipChildren();
            }
        }
    }
}
