package dev.affidavit.forward.syslog;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real rsyslog.
 *
 * @param further options beside host and port, the transport among them
 */
record RsyslogReceiver(RsyslogServer rsyslog, boolean keepsWhatItAcknowledged, Map<String, String> further)
        implements ReceiverUnderTest {
    @Override
    public DestinationProvider provider() {
        return new SyslogProvider();
    }

    @Override
    public int port() {
        return rsyslog.port();
    }

    @Override
    public Map<String, String> options(int port, Duration timeout) {
        Map<String, String> options = new HashMap<>(further);
        options.put("host", "localhost");
        options.put("port", Integer.toString(port));
        options.put("connectTimeout", "%ds".formatted(timeout.toSeconds()));
        options.put("timeout", "%ds".formatted(timeout.toSeconds()));
        return options;
    }

    @Override
    public List<String> received() {
        return rsyslog.messages();
    }

    @Override
    public int count() {
        return rsyslog.count();
    }

    @Override
    public void kill() {
        rsyslog.kill();
    }

    @Override
    public void start() {
        rsyslog.start();
    }

    @Override
    public void suspend() {
        rsyslog.suspend();
    }

    @Override
    public void resume() {
        rsyslog.resume();
    }

    @Override
    public void close() {
        rsyslog.close();
    }
}
