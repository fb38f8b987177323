package dev.affidavit.testkit.splunk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A request, and the connection that it came on: what a {@link Reaction} has at hand. Used by one thread. */
public final class HecConversation {
    private final HecRequest request;
    private final InputStream in;
    private final Socket socket;
    private final String cookie;

    /** @param cookie for the reply; empty for none */
    HecConversation(HecRequest request, InputStream in, Socket socket, String cookie) {
        this.request = request;
        this.in = in;
        this.socket = socket;
        this.cookie = cookie;
    }

    /** Answers to what is no HTTP. */
    static void refuse(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
    }

    public HecRequest request() {
        return request;
    }

    /** Reads the whole request, and answers it. */
    public void reply(HecReply reply) throws IOException {
        request.rawBody();
        replyUnread(reply);
    }

    /** Answers without having read the body. */
    public void replyUnread(HecReply reply) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes(reply));
        out.flush();
    }

    /** Answers a byte at a time. */
    public void replySlowly(HecReply reply) throws IOException {
        request.rawBody();
        OutputStream out = socket.getOutputStream();
        for (byte b : bytes(reply)) {
            out.write(b);
            out.flush();
        }
    }

    private byte[] bytes(HecReply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        String cookies = cookie.isEmpty() ? "" : "Set-Cookie: " + cookie + "; Path=/\r\n";
        String head = "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s%s\r\n"
                .formatted(
                        reply.status(),
                        reply.status() == 200 ? "OK" : "Not OK",
                        reply.body().startsWith("{") ? "application/json; charset=UTF-8" : "text/html",
                        body.length,
                        cookies,
                        reply.headers());
        byte[] bytes = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, head.length());
        System.arraycopy(body, 0, bytes, head.length(), body.length);
        return bytes;
    }

    /** Reads half of the body and resets the connection. */
    public void resetInBody() throws IOException {
        if (in.readNBytes(request.contentLength() / 2).length == 0) {
            throw new IOException("expected a body");
        }
        reset();
    }

    /** Closes the connection, with whatever is unread. */
    public void close() throws IOException {
        socket.close();
    }

    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Neither reads nor answers, until the latch is open. */
    public void hang(CountDownLatch end) throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
