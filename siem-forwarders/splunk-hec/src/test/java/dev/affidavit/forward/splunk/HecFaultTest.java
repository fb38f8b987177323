package dev.affidavit.forward.splunk;

import dev.affidavit.testkit.delivery.DeliveryFaultContract;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("receivers")
final class HecFaultTest {
    /** The fake indexes before it answers, which is more than Splunk promises. */
    @Nested
    final class Plain extends DeliveryFaultContract {
        @Override
        protected ReceiverUnderTest startReceiver(Path directory) {
            return new FakeProcess(directory, false);
        }
    }

    @Tag("campaign")
    @Nested
    final class Acknowledged extends DeliveryFaultContract {
        @Override
        protected ReceiverUnderTest startReceiver(Path directory) {
            return new FakeProcess(directory, true);
        }
    }
}
