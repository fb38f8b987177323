package dev.affidavit.forward.syslog;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.util.List;

/**
 * A connection to a syslog receiver. Each line is one message, framed by octet counting: its header, then the very bytes
 * of the line. {@link #deliver} returns when the kernel has them and the receiver has not hung up; there is no receipt.
 */
final class SyslogDestination implements Destination {
    private final Header header;
    private final TcpConnection connection;

    SyslogDestination(Header header, TcpConnection connection) {
        this.header = header;
        this.connection = connection;
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        for (ForwardedLine line : lines) {
            byte[] head = header.of(line);
            byte[] json = line.json();
            connection.write(Header.ascii(head.length + json.length + " "));
            connection.write(head);
            connection.write(json);
        }
        connection.flush();
        return Delivery.ofAll(lines);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
