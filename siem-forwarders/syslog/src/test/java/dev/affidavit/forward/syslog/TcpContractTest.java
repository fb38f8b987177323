package dev.affidavit.forward.syslog;

import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;

final class TcpContractTest extends DestinationContract {
    @Override
    protected DestinationUnderTest start() {
        return new EmbeddedReceiver(false);
    }
}
