package dev.affidavit.forward.syslog;

import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;

final class RelpContractTest extends DestinationContract {
    @Override
    protected DestinationUnderTest start() {
        return new EmbeddedReceiver(true);
    }
}
