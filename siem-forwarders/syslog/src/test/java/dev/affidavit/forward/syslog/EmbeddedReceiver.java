package dev.affidavit.forward.syslog;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A receiver within this JVM, of syslog over TCP or of RELP. */
final class EmbeddedReceiver implements DestinationUnderTest {
    private final boolean relp;
    private final List<byte[]> earlier = new ArrayList<>();
    private SyslogReceiver receiver;

    EmbeddedReceiver(boolean relp) {
        this.relp = relp;
        this.receiver = relp ? SyslogReceiver.startRelp() : SyslogReceiver.start();
    }

    @Override
    public DestinationProvider provider() {
        return new SyslogProvider();
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(receiver.port()),
                "transport",
                relp ? "relp" : "tcp",
                "appName",
                "payments");
    }

    @Override
    public boolean acknowledges() {
        return relp;
    }

    @Override
    public synchronized List<byte[]> received() {
        return Stream.concat(earlier.stream(), receiver.messages().stream().map(SyslogMessage::msg))
                .toList();
    }

    @Override
    public int connections() {
        return receiver.accepted();
    }

    @Override
    public void refuse() {
        receiver.refuse("host 127.0.0.1 port %d".formatted(receiver.port()));
    }

    @Override
    public void hang() {
        receiver.stall();
    }

    @Override
    public void stop() {
        receiver.close();
    }

    @Override
    public synchronized void restart() {
        List<byte[]> all = received();
        earlier.clear();
        earlier.addAll(all);
        receiver = relp ? SyslogReceiver.startRelp(receiver.port()) : SyslogReceiver.start(receiver.port());
    }

    @Override
    public void close() {
        receiver.close();
    }
}
