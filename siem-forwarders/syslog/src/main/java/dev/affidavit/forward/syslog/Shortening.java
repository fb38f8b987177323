package dev.affidavit.forward.syslog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is left of an event that is too long for a message: valid JSON that says what was cut. {@code details} gives way to
 * {@code {"truncated":true,"original_length":…}}, with the bytes of the whole line. Then texts are cut, with the mark that
 * docs/format.md has for that: {@code command} and {@code description} first, the longer one before the other, and then any
 * but those by which an event is found in the log.
 */
final class Shortening {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Set<String> KEPT = Set.of("id", "timestamp", "event_type", "severity");
    private static final Set<String> FIRST = Set.of("command", "description");
    private static final String DETAILS = "details";

    private final List<Member> members = new ArrayList<>();
    private final int room;

    private Shortening(int room) {
        this.room = room;
    }

    /**
     * The line with no more than so many bytes.
     *
     * @throws UnsendableLineException if it is no JSON object, or cannot be as short
     */
    static byte[] of(byte[] line, int room) throws UnsendableLineException {
        Shortening shortening = new Shortening(room);
        try {
            shortening.read(line);
        } catch (IOException e) {
            throw new UnsendableLineException(
                    "the line has %d bytes, a message has room for %d, and what is no JSON object is not shortened"
                            .formatted(line.length, room));
        }
        shortening.dropDetails(line.length);
        shortening.cutTexts();
        byte[] result = shortening.write();
        if (result.length > room) {
            throw new UnsendableLineException(
                    "the line has %d bytes, and %d without all that may be cut; a message has room for %d"
                            .formatted(line.length, result.length, room));
        }
        return result;
    }

    private void read(byte[] line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                int characters = text ? parser.getTextLength() : 0;
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int to = (int) parser.currentLocation().getByteOffset();
                members.add(new Member(name, new JsonText(line, from, to), text, characters));
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than an object");
            }
        }
    }

    private void dropDetails(int originalLength) {
        byte[] mark = AsciiText.of("{\"truncated\":true,\"original_length\":%d}".formatted(originalLength));
        Member marked = new Member(DETAILS, new JsonText(mark, 0, mark.length), false, 0);
        members.replaceAll(member -> member.name().equals(DETAILS) ? marked : member);
        if (!members.contains(marked)) {
            members.add(marked);
        }
    }

    private void cutTexts() {
        List<Integer> candidates = IntStream.range(0, members.size())
                .filter(index -> members.get(index).mayBeCut())
                .boxed()
                .sorted(Comparator.comparing((Integer index) ->
                                !FIRST.contains(members.get(index).name()))
                        .thenComparing(index -> -members.get(index).length()))
                .toList();
        for (int index : candidates) {
            int excess = length() - room;
            if (excess <= 0) {
                return;
            }
            members.set(index, members.get(index).without(excess));
        }
    }

    private int length() {
        return 1 + members.stream().mapToInt(member -> member.length() + 1).sum();
    }

    private byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length());
        char separator = '{';
        for (Member member : members) {
            out.write(separator);
            member.write(out);
            separator = ',';
        }
        out.write('}');
        return out.toByteArray();
    }

    /** An entry of the event, with its value as it stands in the line. */
    private record Member(String name, JsonText value, boolean text, int characters) {
        private byte[] key() {
            return ("\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name)) + "\":")
                    .getBytes(StandardCharsets.UTF_8);
        }

        boolean mayBeCut() {
            return text && !KEPT.contains(name);
        }

        int length() {
            return key().length + value.length();
        }

        void write(ByteArrayOutputStream out) {
            out.writeBytes(key());
            value.write(out);
        }

        /** Shorter by so many bytes, if it is long enough for that; else as short as it can be. */
        Member without(int excess) {
            byte[] mark = "…[cut, %d characters]\"".formatted(characters).getBytes(StandardCharsets.UTF_8);
            JsonText cut = value.startOf(value.length() - mark.length - excess).plus(mark);
            return cut.length() < value.length() ? new Member(name, cut, true, characters) : this;
        }
    }
}
