package dev.affidavit.testkit.splunk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A request of HTTP/1.1 whose body is read when it is asked for. Used by one thread. */
public final class HecRequest {
    private static final int MAX_LINE = 16 * 1024;

    private final String requestLine;
    private final Map<String, String> headers;
    private final InputStream in;
    private byte @Nullable [] body;

    private HecRequest(String requestLine, Map<String, String> headers, InputStream in) {
        this.requestLine = requestLine;
        this.headers = headers;
        this.in = in;
    }

    /** Reads a request up to its body; empty at the end of the connection. */
    static Optional<HecRequest> read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine == null) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        return Optional.of(new HecRequest(requestLine, headers, in));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 && line.size() == 0) {
                return null;
            }
            if (c < 0 || line.size() > MAX_LINE) {
                throw new EOFException("expected the end of a line");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    public String requestLine() {
        return requestLine;
    }

    /** Without the query. */
    public String path() {
        String target = requestLine.split(" ", -1)[1];
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Null if it is not in the query. */
    @Nullable
    String parameter(String name) {
        String target = requestLine.split(" ", -1)[1];
        int query = target.indexOf('?');
        for (String pair :
                query < 0 ? new String[0] : target.substring(query + 1).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    boolean isPost() {
        return requestLine.startsWith("POST ");
    }

    /** Null if there is none. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Everything before the body, as a server that repeats what it was asked would. */
    public String head() {
        return requestLine + " " + headers;
    }

    public int contentLength() {
        return Integer.parseInt(headers.getOrDefault("content-length", "0"));
    }

    /** As it was sent. */
    byte[] rawBody() throws IOException {
        byte[] read = body;
        if (read == null) {
            read = in.readNBytes(contentLength());
            if (read.length < contentLength()) {
                throw new EOFException("expected %d bytes, found %d".formatted(contentLength(), read.length));
            }
            body = read;
        }
        return read;
    }

    /** Without compression. */
    byte[] body() throws IOException {
        if (!"gzip".equals(header("content-encoding"))) {
            return rawBody();
        }
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(rawBody()))) {
            return plain.readAllBytes();
        }
    }
}
