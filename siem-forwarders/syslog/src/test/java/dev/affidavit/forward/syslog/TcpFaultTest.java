package dev.affidavit.forward.syslog;

import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.delivery.DeliveryFaultContract;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import dev.affidavit.testkit.syslog.RsyslogInput;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@RequiresProgram("rsyslogd")
@Tag("receivers")
final class TcpFaultTest extends DeliveryFaultContract {
    @Override
    protected ReceiverUnderTest startReceiver(Path directory) {
        RsyslogServer rsyslog = RsyslogServer.startForMany(directory, RsyslogInput.tcp());
        return new RsyslogReceiver(rsyslog, false, Map.of("transport", "tcp"));
    }
}
