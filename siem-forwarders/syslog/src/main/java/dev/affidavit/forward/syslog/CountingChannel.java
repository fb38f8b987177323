package dev.affidavit.forward.syslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A socket that counts what it takes: whether something moves under TLS shows there alone. */
final class CountingChannel implements ByteChannel {
    private final SocketChannel channel;
    private long written;

    CountingChannel(SocketChannel channel) {
        this.channel = channel;
    }

    long written() {
        return written;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = channel.write(bytes);
        written += count;
        return count;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return channel.read(bytes);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
