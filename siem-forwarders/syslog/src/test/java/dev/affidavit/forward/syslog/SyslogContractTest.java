package dev.affidavit.forward.syslog;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class SyslogContractTest extends DestinationContract {
    @Override
    protected DestinationUnderTest start() {
        return new OverTcp();
    }

    /** Syslog over TCP, and a receiver within this JVM. */
    private static final class OverTcp implements DestinationUnderTest {
        private final List<byte[]> earlier = new ArrayList<>();
        private SyslogReceiver receiver = SyslogReceiver.start();

        @Override
        public DestinationProvider provider() {
            return new SyslogProvider();
        }

        @Override
        public Map<String, String> options() {
            return Map.of("host", "127.0.0.1", "port", Integer.toString(receiver.port()), "appName", "payments");
        }

        @Override
        public boolean acknowledges() {
            return false;
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
            throw new UnsupportedOperationException("syslog over TCP has no answers");
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
            earlier.addAll(received());
            receiver = SyslogReceiver.start(receiver.port());
        }

        @Override
        public void close() {
            receiver.close();
        }
    }
}
