package dev.affidavit.forward.syslog;

import dev.affidavit.testkit.RequiresRsyslogModule;
import dev.affidavit.testkit.delivery.DeliveryFaultContract;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import dev.affidavit.testkit.syslog.RsyslogInput;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@RequiresRsyslogModule("imrelp")
@Tag("receivers")
final class RelpFaultTest extends DeliveryFaultContract {
    @Override
    protected ReceiverUnderTest startReceiver(Path directory) {
        RsyslogServer rsyslog = RsyslogServer.startForMany(directory, RsyslogInput.relp());
        return new RsyslogReceiver(rsyslog, true, Map.of("transport", "relp"));
    }

    @Override
    protected int kills() {
        return 200;
    }
}
